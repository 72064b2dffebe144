using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Hosting;

/// <summary>Headers on every answer: nothing inline, nothing from third parties, no framing.</summary>
public static class SecurityHeaders
{
    private const string FormAction = "form-action 'self'";

    private const string Policy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; " + FormAction + "; frame-ancestors 'none'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        return next(http);
    });

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
