using System.Text;
using Cms.Core.Security;
using Cms.Platform.Caching;
using Cms.Platform.Identity.Limits;
using Cms.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Queries;

/// <summary>Stored queries over REST: <c>/api/queries/{name}</c> (REST contract, section 2).</summary>
public static class QueryEndpoints
{
    private const string Pattern = "/api/queries/{name}";

    private const int MaxBodyBytes = 64 * 1024;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void MapQueries(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapMethods(Pattern, Methods, RunAsync).WithTags("Queries").CacheOutput(PublicAnswers.Name).LimitRequests(RequestLimit.Search).DisableAntiforgery();
        endpoints.RefuseOthers(Pattern, Methods);
    }

    // Who may not run a query is not told that it exists.
    private static async Task RunAsync(HttpContext http, string name, IStoredQueries queries, ICurrentUser currentUser)
    {
        if (queries.Find(name) is not { } query || !QueryPermissions.Of(query).IsGrantedTo(currentUser.User))
        {
            await QueryAnswers.FailAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        try
        {
            var parameters = QueryParameters.Read(await ParametersAsync(http));
            await QueryAnswers.WriteAsync(http, await queries.RunAsync(query, parameters, http.RequestAborted));
        }
        catch (Exception problem) when (problem is StoredQueryException or QueryParametersException)
        {
            await QueryAnswers.FailAsync(http, StatusCodes.Status400BadRequest, problem.Message);
        }
        catch (BadHttpRequestException problem)
        {
            await QueryAnswers.FailAsync(http, problem.StatusCode, problem.Message);
        }
    }

    /// <summary>The parameters in the address, or else the body of a POST.</summary>
    internal static async Task<string?> ParametersAsync(HttpContext http) =>
        http.Request.Query.TryGetValue("parameters", out var given) && given.Count > 0 ? given[0]
        : HttpMethods.IsPost(http.Request.Method) ? await BodyAsync(http.Request, http.RequestAborted)
        : null;

    /// <exception cref="BadHttpRequestException">The body is too long.</exception>
    internal static async Task<string> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var body = new byte[MaxBodyBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        if (read > MaxBodyBytes) throw new BadHttpRequestException($"The body is longer than {MaxBodyBytes} bytes.", StatusCodes.Status413PayloadTooLarge);
        return Encoding.UTF8.GetString(body, 0, read);
    }
}
