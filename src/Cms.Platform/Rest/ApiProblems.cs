using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cms.Platform.Rest;

/// <summary>Everything below <c>/api</c> fails as problem details (RFC 9457), also where no endpoint answers.</summary>
public static class ApiProblems
{
    private const string Prefix = "/api";

    public static bool Concerns(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Request.Path.StartsWithSegments(Prefix);
    }

    public static void MapApiProblems(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapFallback(Prefix + "/{**rest}", () => TypedResults.Problem("Nothing answers at this address.", statusCode: StatusCodes.Status404NotFound));

    /// <summary>Answers methods that an address does not take, and bodies of another kind than JSON.</summary>
    public static void RefuseOthers(this IEndpointRouteBuilder endpoints, string pattern, params string[] allowed) =>
        endpoints.Map(pattern, (HttpContext http) => Refuse(http, allowed)).ExcludeFromDescription();

    /// <summary>For a failure that nobody handled; the reason is for people, and names nothing of the inside.</summary>
    public static Task WriteFailureAsync(HttpContext http, int status, string? reason) => TypedResults.Problem(reason, statusCode: status).ExecuteAsync(http);

    private static ProblemHttpResult Refuse(HttpContext http, string[] allowed)
    {
        if (allowed.Contains(http.Request.Method, StringComparer.OrdinalIgnoreCase))
            return TypedResults.Problem("Send the body as application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        http.Response.Headers.Allow = string.Join(", ", allowed);
        return TypedResults.Problem($"This address takes {http.Response.Headers.Allow}.", statusCode: StatusCodes.Status405MethodNotAllowed);
    }
}
