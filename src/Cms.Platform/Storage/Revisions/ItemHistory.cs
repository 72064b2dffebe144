using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage.Revisions;

/// <summary>A text of an item: a version as it is, or a revision.</summary>
/// <param name="Item">The text.</param>
/// <param name="Revision">Null for a version.</param>
public sealed record HistoryText(ContentItem Item, ContentRevisionRow? Revision)
{
    public DateTime? SavedUtc => Revision?.SavedUtc ?? Item.ModifiedUtc;
}

/// <summary>Reads versions and revisions of an item together.</summary>
public sealed class ItemHistory(CmsDbContext database)
{
    /// <summary>
    /// A page of an item's texts, the newest first, and whether there are older ones. A revision that says what its version says
    /// still is left out: the version speaks for it.
    /// </summary>
    public async Task<(IReadOnlyList<HistoryText> Texts, bool HasMore)> PageAsync(string contentItemId, int skip, int take, CancellationToken cancellationToken)
    {
        var versionKeys = database.ContentVersions.AsNoTracking().Where(row => row.ContentItemId == contentItemId)
            .Select(row => new { row.Id, IsVersion = 1, SavedUtc = row.ModifiedUtc });
        var revisionKeys = database.ContentRevisions.AsNoTracking().Where(row => row.ContentItemId == contentItemId)
            .Select(row => new { row.Id, IsVersion = 0, SavedUtc = (DateTime?)row.SavedUtc });
        var keys = await versionKeys.Concat(revisionKeys).OrderByDescending(key => key.SavedUtc).ThenByDescending(key => key.IsVersion).ThenByDescending(key => key.Id)
            .Skip(skip).Take(take + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
        var shown = keys.Take(take).ToList();
        var versions = await VersionsAsync([.. shown.Where(key => key.IsVersion == 1).Select(key => key.Id)], cancellationToken).ConfigureAwait(false);
        var revisions = await RevisionsAsync([.. shown.Where(key => key.IsVersion == 0).Select(key => key.Id)], cancellationToken).ConfigureAwait(false);
        return ([.. shown.Select(key => key.IsVersion == 1 ? versions.GetValueOrDefault(key.Id) : revisions.GetValueOrDefault(key.Id)).OfType<HistoryText>()], keys.Count > take);
    }

    private async Task<Dictionary<long, HistoryText>> VersionsAsync(List<long> ids, CancellationToken cancellationToken) =>
        (await database.ContentVersions.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false))
        .ToDictionary(row => row.Id, row => new HistoryText(ContentStore.ToItem(row, 0), null));

    private async Task<Dictionary<long, HistoryText>> RevisionsAsync(List<long> ids, CancellationToken cancellationToken)
    {
        var rows = await database.ContentRevisions.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var versionIds = rows.Select(row => row.ContentItemVersionId).Distinct().ToList();
        var standing = (await database.ContentVersions.AsNoTracking().Where(row => versionIds.Contains(row.ContentItemVersionId)).ToListAsync(cancellationToken).ConfigureAwait(false))
            .ToDictionary(row => row.ContentItemVersionId, row => ContentRevisions.HashOf(ContentStore.ToItem(row, 0)), StringComparer.Ordinal);
        return rows.Where(row => standing.GetValueOrDefault(row.ContentItemVersionId) != row.Hash)
            .ToDictionary(row => row.Id, row => new HistoryText(ContentRevisions.Read(row), row));
    }
}
