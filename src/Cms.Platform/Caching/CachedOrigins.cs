using Cms.Platform.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Caching;

/// <summary>
/// The schemes, hosts and ports whose answers are cached: that of the setting BaseUrl and a few others. Visitors can write any host
/// into a request, and answers name the host that they were asked at, so that without a bound each host would fill the cache anew.
/// </summary>
internal sealed partial class CachedOrigins(SiteSettingsRegistry settings, TimeProvider clock, ILogger<CachedOrigins> logger)
{
    public const int Max = 16;

    /// <summary>An origin for which nobody asked for so long makes room for another.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly Lock _changing = new();
    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.OrdinalIgnoreCase);
    private bool _isReported;

    /// <summary>Whether answers to the request may be cached.</summary>
    public bool Include(HttpRequest request)
    {
        var origin = $"{request.Scheme}://{request.Host.Value}{request.PathBase.Value}";
        if (settings.Current.BaseUrl is { Length: > 0 } own && origin.Equals(own.TrimEnd('/'), StringComparison.OrdinalIgnoreCase)) return true;
        lock (_changing)
        {
            var now = clock.GetUtcNow();
            if (_seen.Count >= Max && !_seen.ContainsKey(origin)) DropIdle(now);
            if (_seen.Count >= Max && !_seen.ContainsKey(origin)) return Refuse();
            _seen[origin] = now;
            return true;
        }
    }

    private void DropIdle(DateTimeOffset now)
    {
        foreach (var (origin, _) in _seen.Where(entry => now - entry.Value > Idle).ToList()) _seen.Remove(origin);
    }

    private bool Refuse()
    {
        if (!_isReported) LogTooMany(logger, Max);
        _isReported = true;
        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "The site was asked for under more than {Max} addresses, and answers under further ones are not cached. Set its own as BaseUrl in the settings, or name its hosts in AllowedHosts")]
    private static partial void LogTooMany(ILogger logger, int max);
}
