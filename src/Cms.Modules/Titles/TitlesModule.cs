using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Titles;

/// <summary>Titles made from a pattern.</summary>
public sealed class TitlesModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Title"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
