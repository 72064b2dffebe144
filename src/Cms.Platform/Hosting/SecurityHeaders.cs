using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Hosting;

/// <summary>
/// Headers on every answer: nothing inline, nothing from third parties, no framing, nothing shared with windows and pages of other sites.
/// </summary>
public static class SecurityHeaders
{
    private const string FormAction = "form-action 'self'";

    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; " + FormAction + "; frame-ancestors 'none'";

    /// <summary>Days for which browsers take the site over https only, after they have once.</summary>
    private const string HstsDays = "Cms:HstsDays";

    private const int DefaultHstsDays = 180;

    /// <summary>Where other sites embed what is there: pictures, and what the API gives.</summary>
    private static readonly PathString[] Embeddable = ["/media", "/api", "/favicon.ico"];

    /// <summary>Where apps sign people in, some of them in a window that talks to the one that opened it.</summary>
    private static readonly PathString[] SignInWindows = ["/connect", "/Login"];

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var days = app.ApplicationServices.GetRequiredService<IConfiguration>().GetValue(HstsDays, DefaultHstsDays);
        var hsts = string.Create(CultureInfo.InvariantCulture, $"max-age={(long)TimeSpan.FromDays(days).TotalSeconds}");
        return app.Use((http, next) =>
        {
            Set(http, days > 0 ? hsts : null);
            return next(http);
        });
    }

    private static void Set(HttpContext http, string? hsts)
    {
        var headers = http.Response.Headers;
        var path = http.Request.Path;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = SignInWindows.Any(window => path.StartsWithSegments(window)) ? "unsafe-none" : "same-origin";
        headers["Cross-Origin-Resource-Policy"] = Embeddable.Any(place => path.StartsWithSegments(place)) ? "cross-origin" : "same-origin";

        // Never for this machine's own names, which other sites in development share.
        if (hsts is not null && http.Request.IsHttps && !SiteHosts.IsThisMachine(http.Request.Host.Host, null)) headers.StrictTransportSecurity = hsts;
    }

    /// <summary>Lets the forms of this answer lead to other places too, such as <c>https://app.example.org</c> or <c>app:</c>.</summary>
    public static void AllowFormTargets(HttpResponse response, IEnumerable<string> sources)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers.ContentSecurityPolicy = Policy.Replace(
            FormAction, string.Join(' ', [FormAction, .. sources.Distinct(StringComparer.Ordinal)]), StringComparison.Ordinal);
    }

    /// <summary>Lets the page of this answer have inline styles, fonts as data and the inline scripts of those hashes: for tools whose pages we don't write.</summary>
    public static void AllowInline(HttpResponse response, params IEnumerable<string> scriptHashes)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers.ContentSecurityPolicy =
            $"{Policy}; style-src 'self' 'unsafe-inline'; font-src 'self' data:; script-src 'self' {string.Join(' ', scriptHashes.Select(hash => $"'{hash}'"))}".TrimEnd();
    }
}
