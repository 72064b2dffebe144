using Cms.Platform.GraphQL;
using Cms.Platform.Modules;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Seo;

/// <summary>What search engines and social networks are told about an item.</summary>
public sealed class SeoModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Seo", "OrchardCore.Sitemaps"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton<IGraphQLExtension, SeoFields>();
}
