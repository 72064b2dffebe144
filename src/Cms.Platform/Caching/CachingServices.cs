using Cms.Core.Events;
using Cms.Platform.Upkeep;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Caching;

public static class CachingServices
{
    /// <summary>Memory for cached answers, in bytes.</summary>
    private const long SizeLimit = 32 * 1024 * 1024;

    /// <summary>Longer answers are neither kept nor shared, in bytes.</summary>
    internal const int MaximumBodySize = 1024 * 1024;

    /// <summary>Keeps what anonymous visitors get from the endpoint, until public content changes and for a minute at most.</summary>
    public static TBuilder CachePublicAnswer<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.CacheOutput(PublicAnswers.Name);

    /// <summary>Keeps this answer out of the cache: of what visitors may write freely there are too many.</summary>
    public static void KeepOutOfCache(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Features.Get<IOutputCacheFeature>() is { } cache) cache.Context.AllowCacheStorage = false;
    }

    /// <summary>Answers from the cache, and makes each answer that is missing once for all who wait for it.</summary>
    public static IApplicationBuilder UseCmsCaching(this IApplicationBuilder app) => app.UseOutputCache().UseMiddleware<SharedAnswers>();

    public static IServiceCollection AddCmsCaching(this IServiceCollection services)
    {
        services.AddSingleton<SiteVersion>().AddSingleton<AnswerParametersByAddress>().AddSingleton<CachedOrigins>().AddSingleton<PublicAnswers>().AddSingleton<AnswersInTheMaking>().AddSingleton<IContentEventHandler, ContentCacheEviction>();
        services.AddOutputCache(options =>
        {
            options.SizeLimit = SizeLimit;
            options.MaximumBodySize = MaximumBodySize;

            // Addresses in other letters are redirected, which a shared entry would hide.
            options.UseCaseSensitivePaths = true;
        });
        var memory = services.Last(service => service.ServiceType == typeof(IOutputCacheStore));
        services.AddSingleton<IOutputCacheStore>(provider => new AnswersInOutage(
            (IOutputCacheStore)memory.ImplementationFactory!(provider), provider.GetRequiredService<WorkHealth>(), provider.GetRequiredService<TimeProvider>()));
        services.AddOptions<OutputCacheOptions>()
            .Configure<PublicAnswers>((options, policy) => options.AddPolicy(PublicAnswers.Name, policy));
        return services;
    }
}
