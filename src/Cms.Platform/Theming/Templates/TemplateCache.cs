using System.Globalization;
using Cms.Core.Security;
using Cms.Platform.Caching;
using Cms.Platform.Theming.Liquid;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.Platform.Theming.Templates;

/// <summary>What a template wants kept: under which id, for which readers apart, and how long.</summary>
public sealed class CacheRequest(string id, IReadOnlyList<string> contexts)
{
    private static readonly string[] ContextArguments = ["contexts", "vary_by", "cache_context"];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public string Id => id;

    public IReadOnlyList<string> Contexts => contexts;

    public TimeSpan? After { get; private set; }

    public TimeSpan? Sliding { get; private set; }

    /// <summary>The request that a tag's arguments state; null where they name no id.</summary>
    /// <param name="arguments">The tag's arguments.</param>
    /// <param name="prefix"><c>cache_</c> where the tag is about something else; empty for the cache's own tags.</param>
    /// <param name="context">The template that runs.</param>
    public static CacheRequest? Of(TagArguments arguments, string prefix, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var id = prefix.Length == 0 && !arguments.Has("id") && !arguments.Has("cache_id")
            ? arguments.Text(arguments.At(0) is StringValue ? 0 : 1) : arguments.Has("id") && prefix.Length == 0 ? arguments.Text("id") : arguments.Text("cache_id");
        if (id.Length == 0) return null;
        var names = ContextArguments.SelectMany(name => TagArguments.Words(arguments.Named(name), context));
        var request = new CacheRequest(id, [.. names]);
        request.ExpiresAfter(arguments.Text(arguments.Has("expires_after") ? "expires_after" : "cache_fixed_duration"));
        request.ExpiresSliding(arguments.Text(arguments.Has("expires_sliding") ? "expires_sliding" : "cache_sliding_duration"));
        return request;
    }

    public void ExpiresAfter(string duration) => After = Shortest(After, duration);

    public void ExpiresSliding(string duration) => Sliding = Shortest(Sliding, duration);

    public void ExpiresOn(FluidValue moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        if (LiquidFilters.Moment(moment) is { } utc) After = Positive(utc - DateTime.UtcNow) is var left && After < left ? After : left;
    }

    private static TimeSpan? Shortest(TimeSpan? known, string duration) =>
        TimeSpan.TryParse(duration, CultureInfo.InvariantCulture, out var parsed) && (known is null || parsed < known) ? Positive(parsed) : known;

    private static TimeSpan Positive(TimeSpan time) => time < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : time > Longest ? Longest : time;
}

/// <summary>
/// Parts of pages that templates keep. An entry is for one culture and one user, or all visitors, and is not found again once
/// anything in the site has changed.
/// </summary>
public sealed class TemplateCache(TemplateCacheMemory memory, SiteVersion version, ICurrentUser user, IHttpContextAccessor http)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    /// <summary>The entry that is being made, for tags inside it.</summary>
    public CacheRequest? Making { get; private set; }

    public async ValueTask<string> GetAsync(CacheRequest request, RenderScope scope, Func<ValueTask<string>> make)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(make);
        var key = Key(request);
        if (memory.Find(key) is { } known) return known;
        var (outer, page) = (Making, scope.Page);
        Making = request;
        try
        {
            var before = page.SideEffects;
            var html = await make().ConfigureAwait(false);

            // What put something elsewhere on the page would be missing there the next time.
            if (page.SideEffects == before) memory.Keep(key, html, request.After ?? (request.Sliding is null ? Usual : null), request.Sliding);
            return html;
        }
        finally
        {
            Making = outer;
        }
    }

    private string Key(CacheRequest request)
    {
        var parts = new List<string>
        {
            request.Id, version.Current.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentUICulture.Name, user.User.Id ?? "",
        };
        parts.AddRange(request.Contexts.Order(StringComparer.Ordinal).Select(Value));
        return string.Join('\u001f', parts);
    }

    private string Value(string context)
    {
        if (http.HttpContext?.Request is not { } request) return "";
        var name = context.Split(':', 2);
        return name[0].ToLowerInvariant() switch
        {
            "query" => name.Length > 1 ? request.Query[name[1]].ToString() : QueryString.Create(request.Query).Value ?? "",
            "cookie" => name.Length > 1 ? request.Cookies[name[1]] ?? "" : "",
            "user" or "user.roles" or "culture" or "features" or "theme" => "",
            _ => request.Path.Value ?? "",
        };
    }
}

/// <summary>The memory behind <see cref="TemplateCache"/>, bounded in characters.</summary>
public sealed class TemplateCacheMemory : IDisposable
{
    private const int MaxCharacters = 8 * 1024 * 1024;

    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    public string? Find(string key) => _entries.TryGetValue(key, out string? html) ? html : null;

    public void Keep(string key, string html, TimeSpan? after, TimeSpan? sliding)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(html);
        _entries.Set(key, html, new MemoryCacheEntryOptions { Size = html.Length + key.Length, AbsoluteExpirationRelativeToNow = after, SlidingExpiration = sliding });
    }

    public void Dispose() => _entries.Dispose();
}
