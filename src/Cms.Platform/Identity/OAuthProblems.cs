using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Platform.Identity;

/// <summary>Failures as problem details, with the members by which OAuth clients know an error (RFC 6749, section 5.2).</summary>
internal static class OAuthProblems
{
    /// <summary>Whether an app asks one of the addresses of OAuth, and not a browser.</summary>
    public static bool Concerns(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments("/connect");

    public static ProblemHttpResult Of(int status, string? detail) => TypedResults.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?>
    {
        ["error"] = status switch
        {
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable or StatusCodes.Status507InsufficientStorage => "temporarily_unavailable",
            >= StatusCodes.Status500InternalServerError => "server_error",
            _ => "invalid_request",
        },
        ["error_description"] = detail,
    });
}
