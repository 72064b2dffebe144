using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Queries;
using Cms.Platform.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Search;

/// <summary>The search API: <c>/api/lucene/content</c> answers with items, <c>/api/lucene/documents</c> with stored values (REST contract, section 3).</summary>
internal static class LuceneEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static void MapLucene(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/api/lucene/content", Methods, (HttpContext http, LuceneQueries lucene, IndexProfiles profiles, ICurrentUser user, IOptions<StoredQueryLimits> limits) =>
            RunAsync(http, lucene, profiles, user, limits.Value, returnItems: true)).WithTags("Search").DisableAntiforgery();
        endpoints.MapMethods("/api/lucene/documents", Methods, (HttpContext http, LuceneQueries lucene, IndexProfiles profiles, ICurrentUser user, IOptions<StoredQueryLimits> limits) =>
            RunAsync(http, lucene, profiles, user, limits.Value, returnItems: false)).WithTags("Search").DisableAntiforgery();
        endpoints.RefuseOthers("/api/lucene/{what:regex(^(content|documents)$)}", Methods);
    }

    private static async Task RunAsync(HttpContext http, LuceneQueries lucene, IndexProfiles profiles, ICurrentUser currentUser, StoredQueryLimits limits, bool returnItems)
    {
        if (!SearchPermissions.QueryLuceneApi.IsGrantedTo(currentUser.User))
        {
            await RefuseAsync(http, currentUser.User);
            return;
        }

        try
        {
            var (index, query, parameters) = await ReadAsync(http);
            if (profiles.FindByEither(index) is not { } profile)
            {
                await QueryAnswers.FailAsync(http, StatusCodes.Status404NotFound, $"There is no index “{index}”.");
                return;
            }

            var stored = new StoredQuery("", IndexProfile.Lucene, query, null, returnItems, profile.Name);
            var result = await lucene.RunAsync(stored, QueryParameters.Read(parameters), limits.MaxNumberOfResults, http.RequestAborted);
            await QueryAnswers.WriteAsync(http, result with { Items = result.Items?.Where(item => MayView(currentUser.User, item)).ToList() });
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

    private static bool MayView(CmsUser user, ContentItem item) => user.Allows(item.Published ? ContentAction.View : ContentAction.Edit, item);

    private static Task RefuseAsync(HttpContext http, CmsUser user) => user.IsAuthenticated
        ? QueryAnswers.FailAsync(http, StatusCodes.Status403Forbidden)
        : ApiRefusal.WithoutToken(http, "The security token is missing.").ExecuteAsync(http);

    /// <summary>The three members out of the address, or out of the JSON of a POST.</summary>
    private static async Task<(string Index, string Query, string? Parameters)> ReadAsync(HttpContext http)
    {
        Func<string, string?> of = name => http.Request.Query[name].FirstOrDefault();
        if (HttpMethods.IsPost(http.Request.Method))
        {
            var body = Parse(await QueryEndpoints.BodyAsync(http.Request, http.RequestAborted));
            of = name => body[name] is JsonObject json ? json.ToJsonString() : body.TextOf(name);
        }

        string Required(string name) => of(name) is { Length: > 0 } text ? text : throw new StoredQueryException($"“{name}” is missing.");
        return (Required("indexName"), Required("query"), of("parameters"));
    }

    private static JsonObject Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body, new JsonNodeOptions { PropertyNameCaseInsensitive = true }) as JsonObject ?? throw new StoredQueryException("The body must be a JSON object.");
        }
        catch (JsonException problem)
        {
            throw new StoredQueryException($"The body is not JSON: {problem.Message}", problem);
        }
    }
}
