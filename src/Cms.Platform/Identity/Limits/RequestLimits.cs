using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Identity.Limits;

/// <summary>What one network address may ask for a minute without signing in. Answers from the cache don't count.</summary>
public sealed class RequestLimitOptions
{
    public const string Section = "Cms:RequestLimits";

    /// <summary>GraphQL queries; 0 means any number.</summary>
    [Range(0, 1_000_000)]
    public int GraphQLPerMinute { get; set; } = 1200;

    /// <summary>Searches, and stored queries by REST; 0 means any number.</summary>
    [Range(0, 1_000_000)]
    public int SearchPerMinute { get; set; } = 300;

    /// <summary>Whether requests count that come from this machine without a proxy that says for whom: health checks and load tests don't.</summary>
    public bool CountThisMachine { get; set; }
}

/// <summary>The kinds of requests that are counted apart.</summary>
internal enum RequestLimit
{
    GraphQL,
    Search,
}

/// <summary>
/// Token buckets by address, which fill in a minute. Addresses share a fixed number of buckets by a hash that differs between
/// processes: memory is bounded however many addresses ask, and nobody can choose whose bucket to empty.
/// </summary>
internal sealed class RequestLimits : IDisposable
{
    private const int Buckets = 65_536;
    private const int WindowSeconds = 60;

    private readonly RequestLimitOptions _options;
    private readonly Dictionary<RequestLimit, PartitionedRateLimiter<string>?> _limiters;

    public RequestLimits(IOptions<RequestLimitOptions> options)
    {
        _options = options.Value;
        _limiters = Enum.GetValues<RequestLimit>().ToDictionary(limit => limit, limit => Limiter(QuotaOf(limit)));
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters.Values) limiter?.Dispose();
    }

    /// <summary>Counts the request and says on its answer what is left; how long to wait where that is nothing.</summary>
    public TimeSpan? Count(RequestLimit limit, HttpContext http)
    {
        if (_limiters[limit] is not { } limiter || http.User.Identity?.IsAuthenticated == true) return null;
        if (!_options.CountThisMachine && ClientAddress.IsThisMachine(http)) return null;
        var address = ClientAddress.Of(http);
        using var lease = limiter.AttemptAcquire(address);
        var wait = lease.IsAcquired ? (TimeSpan?)null : lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromSeconds(1);
        Describe(limit, http.Response, limiter.GetStatistics(address)?.CurrentAvailablePermits ?? 0, wait);
        return wait;
    }

    /// <summary>The headers of draft-ietf-httpapi-ratelimit-headers. They are added when the answer leaves, because the cache must not keep them.</summary>
    private void Describe(RequestLimit limit, HttpResponse response, long left, TimeSpan? wait)
    {
        var name = limit == RequestLimit.GraphQL ? "graphql" : "search";
        var seconds = wait is { } time ? Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)) : WindowSeconds;
        var policy = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";q={QuotaOf(limit)};w={WindowSeconds}");
        var state = string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t={seconds}");
        response.OnStarting(() =>
        {
            (response.Headers["RateLimit-Policy"], response.Headers["RateLimit"]) = (policy, state);
            return Task.CompletedTask;
        });
    }

    private int QuotaOf(RequestLimit limit) => limit == RequestLimit.GraphQL ? _options.GraphQLPerMinute : _options.SearchPerMinute;

    private static PartitionedRateLimiter<string>? Limiter(int quota) => quota == 0 ? null : PartitionedRateLimiter.Create<string, int>(address =>
        RateLimitPartition.GetTokenBucketLimiter((int)((uint)address.GetHashCode(StringComparison.Ordinal) % Buckets), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = quota,
            TokensPerPeriod = Math.Max(1, quota / WindowSeconds),
            ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1d, (double)WindowSeconds / quota)),
            QueueLimit = 0,
        }));
}

internal static class RequestLimitEndpoints
{
    /// <summary>Counts requests of visitors who did not sign in.</summary>
    public static TBuilder LimitRequests<TBuilder>(this TBuilder endpoint, RequestLimit limit) where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Limited(limit));

    /// <summary>Comes after the cache, whose answers cost nothing, and after authentication.</summary>
    public static IApplicationBuilder UseRequestLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<RequestLimits>();
        return app.Use((http, next) => http.GetEndpoint()?.Metadata.GetMetadata<Limited>() is { } limited && limits.Count(limited.Limit, http) is { } wait
            ? TooManyRequests.Of(http, wait).ExecuteAsync(http)
            : next(http));
    }

    private sealed record Limited(RequestLimit Limit);
}
