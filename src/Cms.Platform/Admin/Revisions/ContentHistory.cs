using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Platform.Storage.Revisions;

namespace Cms.Platform.Admin.Revisions;

/// <summary>Where the editor goes after a version was restored, or what keeps it from being restored.</summary>
public sealed record RestoreOutcome(string? Location, params IReadOnlyList<ContentProblem> Problems);

/// <summary>The history of an item as its page shows it.</summary>
/// <param name="Current">The latest version, or the last one of a deleted item.</param>
/// <param name="Texts">A page of its versions and revisions, the newest first.</param>
/// <param name="HasMore">There are older ones.</param>
public sealed record HistoryPage(ContentItem Current, IReadOnlyList<HistoryText> Texts, bool HasMore);

/// <summary>Versions and revisions of an item, and the recycle bin, for those who may edit the item.</summary>
public sealed class ContentHistory(IContentStore store, ItemHistory history, ContentRevisions revisions, ICurrentUser currentUser, Restore restore)
{
    public const int PageSize = 50;

    /// <summary>What an editor reads of a revision's kind.</summary>
    internal static IReadOnlyDictionary<RevisionKind, string> KindNames { get; } = new Dictionary<RevisionKind, string>
    {
        [RevisionKind.DraftSaved] = "Draft saved",
        [RevisionKind.Published] = "Was published",
        [RevisionKind.Unpublished] = "Was unpublished",
        [RevisionKind.Deleted] = "Was deleted",
        [RevisionKind.DraftDiscarded] = "Draft dropped",
        [RevisionKind.Restored] = "Restored",
        [RevisionKind.Imported] = "Imported",
        [RevisionKind.Autosaved] = "Saved by itself",
        [RevisionKind.Conflicting] = "Typed while somebody else saved",
        [RevisionKind.Typed] = "Typed and not saved",
    };

    public static string Url(string contentItemId) => $"/Admin/Contents/ContentItems/{contentItemId}/Versions";

    /// <summary>What a text of the history was: the state of a version, or how a revision came about.</summary>
    public static string KindOf(HistoryText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Revision is { } row) return Enum.TryParse<RevisionKind>(row.Kind, out var kind) && KindNames.TryGetValue(kind, out var name) ? name : row.Kind;
        return text.Item switch { { Published: true } => "Published", { Latest: true } => "Draft", _ => "Archived" };
    }

    /// <summary>What the item was called in a text of which the display text was not made yet.</summary>
    public static string? TitleOf(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Part("TitlePart")?.TextOf("Title") ?? item.DisplayText;
    }

    /// <summary>Those of the items whose versions the user may open; of deleted ones none, which the recycle bin lists.</summary>
    public async Task<IReadOnlySet<string>> EditableAsync(IReadOnlyCollection<string> contentItemIds, CancellationToken cancellationToken)
    {
        var items = await store.FindManyAsync([.. contentItemIds.Distinct()], ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        return items.Values.Where(item => currentUser.User.Allows(ContentAction.Edit, item)).Select(item => item.ContentItemId).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A page of an item's history; null where there is no such item or the user may not edit it.</summary>
    public async Task<HistoryPage?> PageAsync(string contentItemId, int page, CancellationToken cancellationToken)
    {
        if (await CurrentAsync(contentItemId, cancellationToken).ConfigureAwait(false) is not { } current) return null;
        var (texts, hasMore) = await history.PageAsync(contentItemId, (page - 1) * PageSize, PageSize, cancellationToken).ConfigureAwait(false);
        return new HistoryPage(current, texts, hasMore);
    }

    /// <summary>One text of an item: a version by its id, or a revision by its number; null where it has none such.</summary>
    public async Task<HistoryText?> FindAsync(string contentItemId, string? versionId, string? revisionId, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(versionId))
            return await store.FindVersionAsync(versionId, cancellationToken).ConfigureAwait(false) is { } version && version.ContentItemId == contentItemId ? new HistoryText(version, null) : null;
        if (!long.TryParse(revisionId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return null;
        return await revisions.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } row && row.ContentItemId == contentItemId ? new HistoryText(ContentRevisions.Read(row), row) : null;
    }

    /// <summary>A page of the recycle bin, with what the user may restore, and whether there are more.</summary>
    public async Task<(IReadOnlyList<DeletedContent> Items, bool HasMore)> DeletedAsync(int page, CancellationToken cancellationToken)
    {
        var found = await store.FindDeletedAsync((page - 1) * PageSize, PageSize, cancellationToken).ConfigureAwait(false);
        return ([.. found.Where(deleted => currentUser.User.Allows(ContentAction.Edit, deleted.LastVersion))], found.Count == PageSize);
    }

    /// <summary>Makes a version, or a revision, the draft of its item.</summary>
    /// <param name="contentItemId">The item.</param>
    /// <param name="versionId">The version, or empty.</param>
    /// <param name="revisionId">The revision's number, or empty.</param>
    /// <param name="seen">The revision of the item that the user saw.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    public async Task<RestoreOutcome> RestoreAsync(string contentItemId, string? versionId, string? revisionId, string seen, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(contentItemId, cancellationToken).ConfigureAwait(false);
        var text = current is null ? null : await FindAsync(contentItemId, versionId, revisionId, cancellationToken).ConfigureAwait(false);
        if (text is null) return Refused($"There is no such item, or you may not edit it.");
        try
        {
            var revision = long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var result = await restore.ExecuteAsync(text.Item, revision, cancellationToken).ConfigureAwait(false);
            return result.Succeeded ? new RestoreOutcome(ContentEditing.EditUrl(contentItemId, ContentEditing.RestoreMessage)) : new RestoreOutcome(null, result.Problems);
        }
        catch (ContentConflictException)
        {
            return Refused($"Somebody else changed this item meanwhile; look at it again.");
        }
        catch (UniqueValueTakenException problem)
        {
            return new RestoreOutcome(null, problem.Problem);
        }
    }

    /// <summary>Makes a version the draft of its item, which may be in the recycle bin.</summary>
    public async Task<RestoreOutcome> RestoreAsync(string versionId, string seen, CancellationToken cancellationToken)
    {
        var version = await store.FindVersionAsync(versionId, cancellationToken).ConfigureAwait(false);
        return await RestoreAsync(version?.ContentItemId ?? "", versionId, null, seen, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ContentItem?> CurrentAsync(string contentItemId, CancellationToken cancellationToken)
    {
        var current = await store.FindAsync(contentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        if (current is null && await store.FindVersionsAsync(contentItemId, 0, 1, cancellationToken).ConfigureAwait(false) is [var last]) current = last;
        return current is not null && currentUser.User.Allows(ContentAction.Edit, current) ? current : null;
    }

    private static RestoreOutcome Refused(FormattableString text) => new(null, new ContentProblem("", text));
}
