using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Aliases;

/// <summary>Handles that templates and recipes use instead of ids.</summary>
public sealed class AliasesModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Alias"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
