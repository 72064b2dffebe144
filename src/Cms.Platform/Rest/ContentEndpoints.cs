using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Caching;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Cms.Platform.Rest;

/// <summary>Content for apps (REST contract, section 1).</summary>
public static class ContentEndpoints
{
    public const string Path = "/api/content";

    private const string GetOperation = "GetContent";
    private const string SaveOperation = "SaveContent";
    private const string DeleteOperation = "DeleteContent";
    private const string Tag = "Content";
    private const string OneItem = "/{contentItemId}";

    /// <summary>The operations whose bodies are content items.</summary>
    internal static IReadOnlySet<string> Operations { get; } = new HashSet<string>(StringComparer.Ordinal) { GetOperation, SaveOperation, DeleteOperation };

    /// <summary>Letters of the site's languages are written as they are; the answer is never HTML.</summary>
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IServiceCollection AddContentApi(this IServiceCollection services) => services.AddSingleton<ContentOutput>().AddScoped<ContentRequests>();

    public static void MapContentApi(this IEndpointRouteBuilder endpoints)
    {
        var content = endpoints.MapGroup(Path).WithTags(Tag);
        content.MapGet(OneItem, GetAsync).CacheOutput(PublicAnswers.Name).WithName(GetOperation).WithSummary("The published version of an item")
            .Produces<JsonObject>().ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        content.MapMethods(OneItem, [HttpMethods.Head], GetAsync).CacheOutput(PublicAnswers.Name).ExcludeFromDescription();
        content.MapPost("/", PostAsync).WithName(SaveOperation).WithSummary("Adds an item, or merges changes into the latest version of one")
            .Accepts<JsonObject>("application/json").Produces<JsonObject>().ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        content.MapDelete(OneItem, DeleteAsync).WithName(DeleteOperation).WithSummary("Deletes an item; the recycle bin keeps it")
            .Produces<JsonObject>().ProducesValidationProblem().ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        content.RefuseOthers("/", HttpMethods.Post);
        content.RefuseOthers(OneItem, HttpMethods.Get, HttpMethods.Head, HttpMethods.Delete);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> GetAsync(
        HttpContext http, string contentItemId, IContentStore store, ICurrentUser currentUser, CancellationToken cancellationToken)
    {
        var user = currentUser.User;
        if (!SitePermissions.AccessContentApi.IsGrantedTo(user)) return ApiRefusal.Of(http, user, SitePermissions.AccessContentApi.Name);
        var item = await store.FindAsync(contentItemId, ContentStatus.Published, cancellationToken);
        if (item is null) return NotFound(contentItemId);
        if (!user.Allows(ContentAction.View, item)) return ApiRefusal.Of(http, user, ContentAction.View.NameFor(item.ContentType));
        await WriteAsync(http, item, user, cancellationToken);
        return TypedResults.Empty;
    }

    private static async Task<IResult> PostAsync(
        HttpContext http, ContentRequests requests, ICurrentUser currentUser, string? draft, CancellationToken cancellationToken)
    {
        var user = currentUser.User;
        if (!SitePermissions.AccessContentApi.IsGrantedTo(user)) return ApiRefusal.Of(http, user, SitePermissions.AccessContentApi.Name);
        if (!bool.TryParse(draft ?? bool.FalseString, out var isDraft)) return Invalid("draft", "The parameter draft is true or false.");
        var (body, problem) = await ContentBody.ReadAsync(http.Request, cancellationToken);
        return body is null ? problem! : await AnswerAsync(http, user, await requests.SaveAsync(body, isDraft, Precondition.Of(http.Request), cancellationToken), cancellationToken);
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, string contentItemId, ContentRequests requests, ICurrentUser currentUser, CancellationToken cancellationToken)
    {
        var user = currentUser.User;
        if (!SitePermissions.AccessContentApi.IsGrantedTo(user)) return ApiRefusal.Of(http, user, SitePermissions.AccessContentApi.Name);
        return await AnswerAsync(http, user, await requests.DeleteAsync(contentItemId, Precondition.Of(http.Request), cancellationToken), cancellationToken);
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, CmsUser user, ContentAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case { Item: { } item }:
                ContentWarnings.Write(http.Response, answer.Warnings);
                await WriteAsync(http, item, user, cancellationToken);
                return TypedResults.Empty;
            case { LacksPermission: { } permission }:
                return ApiRefusal.Of(http, user, permission);
            case { Problems.Count: > 0 }:
                return Invalid(answer.Problems);
            default:
                return TypedResults.Problem(answer.Detail, statusCode: answer.Status);
        }
    }

    private static Task WriteAsync(HttpContext http, ContentItem item, CmsUser user, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(http.RequestServices.GetRequiredService<ContentOutput>().Write(item, user).ToJsonString(Json));
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = user.IsAuthenticated ? "private, no-cache" : "public, no-cache";
        return EntityTags.WriteAsync(http, body, Precondition.TagOf(item, body, user), cancellationToken);
    }

    private static ProblemHttpResult NotFound(string contentItemId) =>
        TypedResults.Problem($"There is no published item “{contentItemId}”.", statusCode: StatusCodes.Status404NotFound);

    private static ValidationProblem Invalid(string path, string message) => Invalid([ContentProblem.Of(path, message)]);

    private static ValidationProblem Invalid(IReadOnlyList<ContentProblem> problems) => TypedResults.ValidationProblem(
        problems.GroupBy(problem => problem.Path, problem => problem.Message).ToDictionary(group => group.Key, group => group.ToArray()),
        string.Join(" ", problems.Select(problem => problem.Message)));
}

/// <summary>What an app says the item must be like for its request to count; not in the contract.</summary>
/// <param name="MustBe">The revision, as the entity tag names it.</param>
/// <param name="MustExist">There must be such an item.</param>
/// <param name="MustBeNew">There must not be such an item.</param>
public sealed record Precondition(IReadOnlyList<EntityTagHeaderValue> MustBe, bool MustExist, bool MustBeNew)
{
    public static Precondition Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var headers = request.GetTypedHeaders();
        return new Precondition(
            [.. headers.IfMatch.Where(tag => !tag.Equals(EntityTagHeaderValue.Any))],
            request.Headers.IfMatch.Count > 0, headers.IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any)));
    }

    /// <summary>
    /// The tag of an answer's bytes, and for editors of the revision, which moves with every change, also of a draft: whoever merges changes
    /// wants to know of all of them, and readers learn of no draft.
    /// </summary>
    public static EntityTagHeaderValue TagOf(ContentItem item, ReadOnlySpan<byte> body, CmsUser user)
    {
        ArgumentNullException.ThrowIfNull(item);
        var bytes = Convert.ToHexStringLower(SHA256.HashData(body)[..8]);
        return new EntityTagHeaderValue($"\"{(ReadersView.IsOpenTo(user, item) ? Revision(item) : "")}{Separator}{bytes}\"");
    }

    public bool Allows(ContentItem? item) =>
        item is null ? !MustExist : !MustBeNew && (MustBe.Count == 0 || MustBe.Any(tag => !tag.IsWeak && RevisionOf(tag) == Revision(item)));

    private static string Revision(ContentItem item) => item.Revision.ToString(CultureInfo.InvariantCulture);

    private static string RevisionOf(EntityTagHeaderValue tag) => tag.Tag.ToString().Trim('"').Split(Separator)[0];

    private const char Separator = '-';
}
