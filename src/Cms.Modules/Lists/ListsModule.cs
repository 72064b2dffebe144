using Cms.Platform.GraphQL;
using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Lists;

/// <summary>Items that contain others: a blog and its posts.</summary>
public sealed class ListsModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Lists"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<IGraphQLExtension, ListFields>().AddSingleton<ILiquidExtension, ListFilters>();
}
