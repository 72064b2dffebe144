using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Autoroute;

/// <summary>Readable addresses for content.</summary>
public sealed class AutorouteModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Autoroute"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
