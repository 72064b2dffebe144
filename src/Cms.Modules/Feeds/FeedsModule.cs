using Cms.Platform.Modules;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Modules.Feeds;

/// <summary>What is new, per section and language, as RSS 2.0, Atom and JSON Feed.</summary>
public sealed class FeedsModule : ICmsModule
{
    public IReadOnlyCollection<string> FeatureIds { get; } = ["OrchardCore.Feeds"];

    public void AddServices(IServiceCollection services, IConfiguration configuration) =>
        services.AddScoped<FeedReader>().AddScoped<IPageHead, FeedLinks>();

    public void MapEndpoints(IEndpointRouteBuilder endpoints) => endpoints.MapFeeds();
}
