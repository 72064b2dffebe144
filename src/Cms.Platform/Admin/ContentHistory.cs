using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;

namespace Cms.Platform.Admin;

/// <summary>Where the editor goes after a version was restored, or what keeps it from being restored.</summary>
public sealed record RestoreOutcome(string? Location, params IReadOnlyList<ContentProblem> Problems);

/// <summary>Versions of an item and the recycle bin, for those who may edit the item.</summary>
public sealed class ContentHistory(IContentStore store, ICurrentUser currentUser, Restore restore)
{
    public const int PageSize = 50;

    /// <summary>A page of an item's versions, the newest first; none where the user may not edit it.</summary>
    public async Task<IReadOnlyList<ContentItem>> VersionsAsync(string contentItemId, int page, CancellationToken cancellationToken)
    {
        var versions = await store.FindVersionsAsync(contentItemId, (page - 1) * PageSize, PageSize, cancellationToken).ConfigureAwait(false);
        return versions.Count > 0 && currentUser.User.Allows(ContentAction.Edit, versions[0]) ? versions : [];
    }

    /// <summary>Those of the items whose versions the user may open; of deleted ones none, which the recycle bin lists.</summary>
    public async Task<IReadOnlySet<string>> EditableAsync(IReadOnlyCollection<string> contentItemIds, CancellationToken cancellationToken)
    {
        var items = await store.FindManyAsync([.. contentItemIds.Distinct()], ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        return items.Values.Where(item => currentUser.User.Allows(ContentAction.Edit, item)).Select(item => item.ContentItemId).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A page of the recycle bin, with what the user may restore, and whether there are more.</summary>
    public async Task<(IReadOnlyList<DeletedContent> Items, bool HasMore)> DeletedAsync(int page, CancellationToken cancellationToken)
    {
        var found = await store.FindDeletedAsync((page - 1) * PageSize, PageSize, cancellationToken).ConfigureAwait(false);
        return ([.. found.Where(deleted => currentUser.User.Allows(ContentAction.Edit, deleted.LastVersion))], found.Count == PageSize);
    }

    public async Task<RestoreOutcome> RestoreAsync(string versionId, string revision, CancellationToken cancellationToken)
    {
        var version = await store.FindVersionAsync(versionId, cancellationToken).ConfigureAwait(false);
        if (version is null || !currentUser.User.Allows(ContentAction.Edit, version)) return Refused($"There is no such item, or you may not edit it.");
        try
        {
            var seen = long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var result = await restore.ExecuteAsync(versionId, seen, cancellationToken).ConfigureAwait(false);
            return result is { Succeeded: true }
                ? new RestoreOutcome(ContentEditing.EditUrl(version.ContentItemId, ContentEditing.RestoreMessage))
                : new RestoreOutcome(null, result?.Problems ?? []);
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

    private static RestoreOutcome Refused(FormattableString text) => new(null, new ContentProblem("", text));
}
