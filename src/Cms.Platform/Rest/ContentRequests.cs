using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Rest;

/// <summary>How a request about an item ended: with the item, a missing permission, problems with its values, or a status.</summary>
public sealed record ContentAnswer(ContentItem? Item = null, string? LacksPermission = null, int Status = StatusCodes.Status200OK, string? Detail = null)
{
    public IReadOnlyList<ContentProblem> Problems { get; init; } = [];

    /// <summary>What cleaning took out of what was stored.</summary>
    public IReadOnlyList<ContentProblem> Warnings { get; init; } = [];
}

/// <summary>What apps do to content, each behind its permission.</summary>
public sealed partial class ContentRequests(
    IContentStore store, ContentDefinitionRegistry definitions, ICurrentUser currentUser, NewContent newContent, SaveDraft saveDraft, Publish publish, Delete delete)
{
    /// <summary>Adds the item, or merges it into the latest version of the item of its id: objects member by member, arrays replaced.</summary>
    public async Task<ContentAnswer> SaveAsync(JsonObject body, bool asDraft, Precondition precondition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(precondition);
        try
        {
            var id = body.TextOf(nameof(ContentItem.ContentItemId)) ?? "";
            var existing = id.Length == 0 ? null : await store.FindAsync(id, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
            if (existing is not null && !await MayKnowAsync(existing, cancellationToken).ConfigureAwait(false)) return await AsUnknownAsync(body, precondition, cancellationToken).ConfigureAwait(false);
            if (existing is not null && !body.ContainsKey(nameof(ContentItem.ContentType))) body[nameof(ContentItem.ContentType)] = existing.ContentType;
            var given = ContentItemJson.Read(body);
            if (Contradiction(given, existing) is { } contradiction) return contradiction;
            var edited = existing ?? await NewAsync(given, cancellationToken).ConfigureAwait(false);
            if (Lacking(edited, given, isNew: existing is null, asDraft) is { } permission) return new ContentAnswer(LacksPermission: permission);
            if (!precondition.Allows(existing)) return PreconditionFailed();
            Merge(edited, given);
            var result = asDraft
                ? await saveDraft.ExecuteAsync(edited, cancellationToken).ConfigureAwait(false)
                : await publish.ExecuteAsync(edited, cancellationToken).ConfigureAwait(false);
            if (result.Problems.FirstOrDefault(problem => problem.LacksPermission is not null) is { } forbidden) return new ContentAnswer(LacksPermission: forbidden.LacksPermission);
            return result.Succeeded ? new ContentAnswer(result.Item) { Warnings = result.Warnings } : new ContentAnswer { Problems = result.Problems };
        }
        catch (ContentFormatException problem)
        {
            return Invalid("", problem.Message);
        }
        catch (UniqueValueTakenException problem)
        {
            return Invalid(problem.Key, problem.Message);
        }
        catch (ContentConflictException)
        {
            return Conflict(precondition);
        }
    }

    public async Task<ContentAnswer> DeleteAsync(string contentItemId, Precondition precondition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(precondition);
        var item = await store.FindAsync(contentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        if (item is null) return NotFound(contentItemId);
        if (!currentUser.User.Allows(ContentAction.Delete, item) && !await MayKnowAsync(item, cancellationToken).ConfigureAwait(false)) return NotFound(contentItemId);
        if (!currentUser.User.Allows(ContentAction.Delete, item)) return new ContentAnswer(LacksPermission: ContentAction.Delete.NameFor(item.ContentType));
        if (!precondition.Allows(item)) return PreconditionFailed();
        try
        {
            return await delete.ExecuteAsync(contentItemId, item.Revision, cancellationToken).ConfigureAwait(false) is not { } result
                ? NotFound(contentItemId)
                : result.Succeeded ? new ContentAnswer(result.Item) : new ContentAnswer { Problems = result.Problems };
        }
        catch (ContentConflictException)
        {
            return Conflict(precondition);
        }
    }

    /// <summary>Whether the user may know that there is such an item: they may edit it, or read what is published of it.</summary>
    private async Task<bool> MayKnowAsync(ContentItem latest, CancellationToken cancellationToken)
    {
        if (currentUser.User.Allows(ContentAction.Edit, latest)) return true;
        var published = await store.FindAsync(latest.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        return published is not null && currentUser.User.Allows(ContentAction.View, published);
    }

    /// <summary>What the request would get if there were no item of its id; somebody who may add such an item learns that the id is taken.</summary>
    private async Task<ContentAnswer> AsUnknownAsync(JsonObject body, Precondition precondition, CancellationToken cancellationToken)
    {
        var given = ContentItemJson.Read(body);
        if (Contradiction(given, existing: null) is { } contradiction) return contradiction;
        var item = await NewAsync(given, cancellationToken).ConfigureAwait(false);
        if (Lacking(item, given, isNew: true, asDraft: false) is { } permission) return new ContentAnswer(LacksPermission: permission);
        return precondition.Allows(null) ? Conflict(precondition) : PreconditionFailed();
    }

    private ContentAnswer? Contradiction(ContentItem given, ContentItem? existing)
    {
        if (definitions.Current.Type(given.ContentType) is null)
            return Invalid(nameof(ContentItem.ContentType), $"There is no content type “{given.ContentType}”.");
        if (existing is not null && !string.Equals(existing.ContentType, given.ContentType, StringComparison.OrdinalIgnoreCase))
            return Invalid(nameof(ContentItem.ContentType), $"The item is of the type {existing.ContentType}, which can't be changed.");
        return existing is null && given.ContentItemId.Length > 0 && !WellFormedId().IsMatch(given.ContentItemId)
            ? Invalid(nameof(ContentItem.ContentItemId), "An id has letters, digits, hyphens and underscores only. Leave it out to get one.")
            : null;
    }

    private async Task<ContentItem> NewAsync(ContentItem given, CancellationToken cancellationToken)
    {
        var item = await newContent.ExecuteAsync(definitions.Current.Type(given.ContentType)!, cancellationToken).ConfigureAwait(false);
        if (given.ContentItemId.Length > 0) item.ContentItemId = given.ContentItemId;
        return item;
    }

    /// <summary>
    /// The permission that the user lacks. A new item takes the right to publish, as in the contract. For a change the contract asks for the
    /// right to edit alone; that suffices for a draft, but a change that is published takes the right to publish too, because otherwise
    /// whoever may only edit could publish through here what the admin keeps from them.
    /// </summary>
    private string? Lacking(ContentItem item, ContentItem given, bool isNew, bool asDraft)
    {
        var user = currentUser.User;
        if (!isNew && !user.Allows(ContentAction.Edit, item)) return ContentAction.Edit.NameFor(item.ContentType);
        if ((isNew || !asDraft) && !user.Allows(ContentAction.Publish, item)) return ContentAction.Publish.NameFor(item.ContentType);
        return given.Owner is { } owner && owner != item.Owner && !user.Allows(ContentAction.EditOwner, item) ? ContentAction.EditOwner.NameFor(item.ContentType) : null;
    }

    private static void Merge(ContentItem item, ContentItem given)
    {
        JsonMerge.Merge(item.Content, given.Content);
        item.DisplayText = given.DisplayText ?? item.DisplayText;
        item.Owner = given.Owner ?? item.Owner;
    }

    private static ContentAnswer Invalid(string path, string message) => new() { Problems = [ContentProblem.Of(path, message)] };

    private static ContentAnswer NotFound(string id) => new(Status: StatusCodes.Status404NotFound, Detail: $"There is no item “{id}”.");

    private static ContentAnswer PreconditionFailed() => new(
        Status: StatusCodes.Status412PreconditionFailed, Detail: "The item is no longer as the request expects it. Get it again, merge your changes and send them with its new entity tag.");

    private static ContentAnswer Conflict(Precondition precondition) => precondition.MustExist
        ? PreconditionFailed()
        : new ContentAnswer(Status: StatusCodes.Status409Conflict, Detail: "Somebody else changed the item at the same moment, or an item of this id is in the recycle bin.");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,26}$")]
    private static partial Regex WellFormedId();
}
