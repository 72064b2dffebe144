using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Layers;

/// <summary>Widgets in the layout's zones, where the rules of their layers say so.</summary>
public sealed class LayersModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Layers", "OrchardCore.Rules"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
