using Cms.Core.Events;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Limits;
using Cms.Platform.Queries;
using Cms.Platform.Search.Indexing;
using Cms.Platform.Search.Site;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Search;

/// <summary>Search: indexes that follow content, queries in the contract's language, and the search page.</summary>
public static class SearchServices
{
    public static IServiceCollection AddCmsSearch(this IServiceCollection services)
    {
        services.AddSingleton<IndexProfiles>().AddSingleton<ISiteDocument>(provider => provider.GetRequiredService<IndexProfiles>()).AddScoped<IPermissionSource, SearchPermissions>();
        services.AddSingleton<FullText>().AddSingleton<MediaText>().AddSingleton<SearchDocuments>();
        services.AddSingleton<IndexSource>().AddSingleton<SearchIndexes>();
        services.AddSingleton<IContentEventHandler, SearchIndexing>();
        services.AddSingleton(provider => new LuceneSearch(provider.GetRequiredService<SearchIndexes>(), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<LuceneQueries>().AddScoped<IQueryEngine>(provider => provider.GetRequiredService<LuceneQueries>());
        services.AddScoped<SiteSearch>();
        return services;
    }

    public static void MapSearch(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var limited = endpoints.MapGroup("").LimitRequests(RequestLimit.Search);
        limited.MapLucene();
        limited.MapSearchPage();
    }
}
