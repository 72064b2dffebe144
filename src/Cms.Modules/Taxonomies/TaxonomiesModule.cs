using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Taxonomies;

/// <summary>Trees of terms by which content is sorted.</summary>
public sealed class TaxonomiesModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Taxonomies"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddSingleton<ILiquidExtension, TermFilters>();
}
