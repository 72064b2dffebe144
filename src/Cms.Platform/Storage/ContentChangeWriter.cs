using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>A version whose content a change wrote, and what its row held before; null for a new row.</summary>
internal sealed record WrittenVersion(ContentItem Version, ContentItem? Replaced);

/// <summary>Writes one change: versions, index rows, unique values, revision and outbox row. Runs inside a transaction.</summary>
internal sealed class ContentChangeWriter(CmsDbContext database, ContentIndexer indexer, TimeProvider clock)
{
    /// <returns>The versions that are new or say something else than before; what only lost or got a flag is not among them.</returns>
    public async Task<IReadOnlyList<WrittenVersion>> WriteAsync(ContentChange change, CancellationToken cancellationToken)
    {
        var first = change.Versions[0];
        var written = new List<WrittenVersion>();
        try
        {
            var revision = await AdvanceAsync(first.ContentItemId, change, cancellationToken).ConfigureAwait(false);

            // Versions that lose a flag go first, so that no two rows claim it at any moment.
            foreach (var version in change.Versions.OrderBy(version => version.Latest || version.Published))
            {
                if (await WriteVersionAsync(version, cancellationToken).ConfigureAwait(false) is { } content) written.Add(content);
                version.Revision = revision;
            }

            await ReplaceUniqueValuesAsync(first.ContentItemId, cancellationToken).ConfigureAwait(false);
            database.Outbox.Add(new OutboxRow
            {
                Kind = change.Kind.ToString(),
                ContentItemId = first.ContentItemId,
                ContentType = first.ContentType,
                OccurredUtc = clock.GetUtcNow().UtcDateTime,
            });
            await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            return written;
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new ContentConflictException(first.ContentItemId);
        }
        catch (DbUpdateException problem) when (database.Diagnose(problem) == DatabaseProblem.Duplicate)
        {
            // Another item took the value after it was looked for.
            if (problem.Entries.Select(entry => entry.Entity).OfType<UniqueValueRow>().FirstOrDefault() is { } taken) throw new UniqueValueTakenException(taken.Key, taken.Value);

            // Somebody made the same item or version since it was looked for.
            throw new ContentConflictException(first.ContentItemId);
        }
        finally
        {
            database.ChangeTracker.Clear();
        }
    }

    private async Task<long> AdvanceAsync(string contentItemId, ContentChange change, CancellationToken cancellationToken)
    {
        var head = await database.ContentHeads.FindAsync([contentItemId], cancellationToken).ConfigureAwait(false);
        if ((head?.Revision ?? 0) != change.ExpectedRevision) throw new ContentConflictException(contentItemId);
        if (head is null) database.ContentHeads.Add(head = new ContentHeadRow { ContentItemId = contentItemId });
        head.Revision++;
        head.DeletedUtc = change.Kind == ContentEventKind.Deleted ? clock.GetUtcNow().UtcDateTime : null;
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return head.Revision;
    }

    private async Task<WrittenVersion?> WriteVersionAsync(ContentItem version, CancellationToken cancellationToken)
    {
        var content = version.Content.ToJsonString();
        var row = await database.ContentVersions
            .FirstOrDefaultAsync(existing => existing.ContentItemVersionId == version.ContentItemVersionId, cancellationToken).ConfigureAwait(false);
        var contentIsNew = row?.Content != content;
        var replaced = row is null ? null : ContentStore.ToItem(row, version.Revision);
        var saysElse = contentIsNew || row?.DisplayText != version.DisplayText;
        if (row is null)
        {
            row = new ContentVersionRow
            {
                ContentItemId = version.ContentItemId,
                ContentItemVersionId = version.ContentItemVersionId,
                ContentType = version.ContentType,
                Content = content,
            };
            database.ContentVersions.Add(row);
        }

        CopyEnvelope(version, row);
        row.Content = content;
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        version.DocumentId = row.Id;
        if (contentIsNew) await ReplaceIndexAsync(version, row.Id, cancellationToken).ConfigureAwait(false);
        else await FlagIndexAsync(row, cancellationToken).ConfigureAwait(false);
        return saysElse ? new WrittenVersion(version, replaced) : null;
    }

    private void CopyEnvelope(ContentItem version, ContentVersionRow row)
    {
        // What lists sort by is always there: databases disagree about where rows without a value come.
        var now = clock.GetUtcNow().UtcDateTime;
        version.CreatedUtc ??= now;
        version.ModifiedUtc ??= now;
        if (version.Published) version.PublishedUtc ??= now;
        row.DisplayText = version.DisplayText;
        row.DisplaySort = SortKey.OfText(version.DisplayText, version.Culture);
        row.Latest = version.Latest;
        row.Published = version.Published;
        row.CreatedUtc = version.CreatedUtc;
        row.ModifiedUtc = version.ModifiedUtc;
        row.PublishedUtc = version.PublishedUtc;
        row.Owner = version.Owner;
        row.Author = version.Author;
    }

    private async Task ReplaceIndexAsync(ContentItem version, long rowId, CancellationToken cancellationToken)
    {
        await database.ContentIndex.Where(entry => entry.VersionId == rowId).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        database.ContentIndex.AddRange(IndexRows.Of(version, rowId, indexer));
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<int> FlagIndexAsync(ContentVersionRow row, CancellationToken cancellationToken) =>
        database.ContentIndex.Where(entry => entry.VersionId == row.Id).ExecuteUpdateAsync(
            entry => entry.SetProperty(e => e.Latest, row.Latest).SetProperty(e => e.Published, row.Published), cancellationToken);

    private async Task ReplaceUniqueValuesAsync(string contentItemId, CancellationToken cancellationToken)
    {
        var active = await database.ContentVersions.AsNoTracking()
            .Where(row => row.ContentItemId == contentItemId && (row.Latest || row.Published)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var wanted = active.SelectMany(row => indexer.UniqueValues(ContentStore.ToItem(row, 0)))
            .DistinctBy(value => (value.Key, UniqueValueRow.Stored(value.Value))).ToDictionary(value => (value.Key, UniqueValueRow.Stored(value.Value)));
        var held = await database.UniqueValues.Where(row => row.ContentItemId == contentItemId).ToListAsync(cancellationToken).ConfigureAwait(false);
        database.UniqueValues.RemoveRange(held.Where(row => !wanted.Remove((row.Key, row.Value))));
        foreach (var ((key, stored), value) in wanted)
        {
            var isTaken = await database.UniqueValues.AsNoTracking().AnyAsync(row => row.Key == key && row.Value == stored, cancellationToken).ConfigureAwait(false);
            if (isTaken) throw new UniqueValueTakenException(value.Key, value.Value);
            database.UniqueValues.Add(new UniqueValueRow { Key = key, Value = stored, ContentItemId = contentItemId });
        }
    }
}
