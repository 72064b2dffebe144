using Cms.Platform.GraphQL;
using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Seo;

/// <summary>
/// What search engines and social networks are told about an item, in the head of its page: where it is in which language, Open Graph,
/// Twitter cards and JSON-LD. Derived from the content; the item's SeoMetaPart overrides any of it.
/// </summary>
public sealed class SeoModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Seo"];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<IPageHead, SeoHead>().AddScoped<Breadcrumbs>().AddScoped<PageSchema>();
        services.AddSingleton<ILiquidExtension, BreadcrumbFilter>().AddSingleton<IGraphQLExtension, SeoFields>();
    }
}
