using Cms.Platform.GraphQL;
using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Flows;

/// <summary>Pages built of widgets.</summary>
public sealed class FlowsModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Flows", "OrchardCore.Widgets"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<IGraphQLExtension, FlowFields>();
}
