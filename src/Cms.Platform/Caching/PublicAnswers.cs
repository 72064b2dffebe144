using System.Globalization;
using System.Security.Cryptography;
using Cms.Platform.Identity;
using Cms.Platform.Localization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Caching;

/// <summary>
/// Caches what anonymous visitors get from the endpoints that ask for it: by address, by the parameters that the answer is made of,
/// and by body where a query is posted. Kept for a minute at most, because pages tell the time (what is open, what is over), and dropped
/// as soon as public content changes. Nothing is cached in development, where templates change.
/// </summary>
internal sealed class PublicAnswers(
    SiteVersion site, AnswerParametersByAddress parameters, CachedOrigins origins, IHostEnvironment environment, IConfiguration configuration) : IOutputCachePolicy
{
    /// <summary>The policy's name for <c>CacheOutput</c>.</summary>
    public const string Name = "PublicAnswers";

    /// <summary>The tag of every answer: pages and queries name other items in lists, menus and references.</summary>
    public const string ContentTag = "content";

    /// <summary>Addresses with longer paths or query strings are answered, and not cached: keys take memory too.</summary>
    private const int MaxAddress = 2048;

    /// <summary>Longer bodies are answered, and not cached.</summary>
    private const int MaxBodyBytes = 16 * 1024;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly bool _isEnabled = !environment.IsDevelopment() && configuration.GetValue("Cms:OutputCache", true);

    public async ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var isCacheable = _isEnabled && IsAnonymous(request) && IsShort(request) && origins.Include(request)
            && (IsRead(request) || await HasKeyOfBodyAsync(context, cancellation).ConfigureAwait(false));
        context.EnableOutputCaching = isCacheable;
        context.AllowCacheLookup = context.AllowCacheStorage = isCacheable;

        // The cache's own lock would make readers who wait depend on the connection of the one who came first.
        context.AllowLocking = false;
        context.ResponseExpirationTimeSpan = Lifetime;

        // An answer begun before a change and stored after it must not be found again.
        context.CacheVaryByRules.VaryByValues["site"] = site.Current.ToString(CultureInfo.InvariantCulture);
        if (Reader.Of(context.HttpContext) is { } reader) context.CacheVaryByRules.VaryByValues["reader"] = $"{reader.Culture} {reader.Derived?.Culture}";
        context.Tags.Add(ContentTag);
        if (request.QueryString.HasValue) BeginQuery(context);
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        var isPrivate = response.Headers.SetCookie.Count > 0 || response.GetTypedHeaders().CacheControl is { Private: true } or { NoStore: true };
        if (response.StatusCode != StatusCodes.Status200OK || isPrivate) context.AllowCacheStorage = false;
        else if (context.HttpContext.Request.Query is ObservedQuery query) EndQuery(context, query);
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing is sought for an address until an answer has shown which parameters count there.</summary>
    private void BeginQuery(OutputCacheContext context)
    {
        var query = ObservedQuery.Begin(context.HttpContext);
        if (parameters.Find(PathOf(context)) is { } known) Vary(context, query.KeyOf(known));
        else context.AllowCacheLookup = false;
    }

    private void EndQuery(OutputCacheContext context, ObservedQuery query)
    {
        var key = query.KeyOf(parameters.Learn(PathOf(context), query));
        var sought = context.CacheVaryByRules.VaryByValues.TryGetValue("query", out var known) ? known : "";

        // It was made of more than its entry would be known by; the next reader's has the right name.
        if (!context.AllowCacheLookup || key != sought) context.AllowCacheStorage = false;
    }

    private static void Vary(OutputCacheContext context, string key)
    {
        if (key.Length > 0) context.CacheVaryByRules.VaryByValues["query"] = key;
    }

    private static string PathOf(OutputCacheContext context) => context.HttpContext.Request.Path.Value ?? "";

    private static bool IsShort(HttpRequest request) => (request.Path.Value?.Length ?? 0) + (request.QueryString.Value?.Length ?? 0) <= MaxAddress;

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // Decided by what the request carries, before anybody has looked whether it is valid: who might be known is never cached.
    private static bool IsAnonymous(HttpRequest request) =>
        request.Headers.Authorization.Count == 0 && !SignInCookie.IsIn(request);

    private static async ValueTask<bool> HasKeyOfBodyAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method) || request.ContentLength is not (> 0 and <= MaxBodyBytes)) return false;
        var body = new byte[request.ContentLength.Value];
        await request.Body.ReadExactlyAsync(body, cancellation).ConfigureAwait(false);
        request.Body = new MemoryStream(body, writable: false);
        context.CacheVaryByRules.VaryByValues["body"] = $"{request.ContentType} {Convert.ToHexString(SHA256.HashData(body))}";
        return true;
    }
}
