using Cms.Platform.GraphQL;
using Cms.Platform.Modules;
using Cms.Platform.Theming.Navigation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Menus;

/// <summary>Menus that editors arrange.</summary>
public sealed class MenusModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Menu"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<IGraphQLExtension, MenuFields>().AddSingleton<INavigationSource, MenuNavigation>();
}
