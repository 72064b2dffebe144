using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Sitemaps;

/// <summary>Tells search engines which pages there are, and in which languages: sitemaps and their indexes, robots.txt, OpenSearch.</summary>
public sealed class SitemapsModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Sitemaps"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddScoped<SitemapCatalog>().AddScoped<SitemapEntries>().AddScoped<IAddressFallback, SitemapPages>().AddScoped<IPageHead, OpenSearchLink>();

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapRobots();
}
