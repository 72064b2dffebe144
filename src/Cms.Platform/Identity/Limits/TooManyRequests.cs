using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Platform.Identity.Limits;

/// <summary>How who asks too often is refused: 429 with <c>Retry-After</c> (RFC 6585, RFC 9110).</summary>
internal static class TooManyRequests
{
    /// <summary>As problem details, with the members by which OAuth clients know an error.</summary>
    public static ProblemHttpResult Of(HttpContext http, TimeSpan wait)
    {
        var seconds = SetHeaders(http.Response, wait);
        var detail = $"There were too many requests or failed attempts. Try again after {seconds.ToString(CultureInfo.InvariantCulture)} seconds.";
        return OAuthProblems.Of(StatusCodes.Status429TooManyRequests, detail);
    }

    /// <summary>Sets status and headers; returns the seconds to wait.</summary>
    public static int SetHeaders(HttpResponse response, TimeSpan wait)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        response.StatusCode = StatusCodes.Status429TooManyRequests;
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        response.Headers.CacheControl = "no-store";
        return seconds;
    }
}
