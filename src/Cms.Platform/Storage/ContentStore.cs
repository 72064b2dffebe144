using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Events;
using Cms.Platform.Storage.Revisions;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>Content in the database. One scope, one store; changes join the scope's transaction where there is one.</summary>
internal sealed class ContentStore(
    CmsDbContext database, ContentQueries queries, ContentIndexer indexer, Outbox outbox, ContentRevisions revisions,
    IEnumerable<IContentChangeRecorder> recorders, TimeProvider clock) : IContentStore
{
    /// <summary>How often a change is tried before others in its way are an error.</summary>
    private const int MaxAttempts = 4;

    public async Task<ContentItem?> FindAsync(string contentItemId, ContentStatus status, CancellationToken cancellationToken)
    {
        var rows = database.ContentVersions.AsNoTracking().Where(row => row.ContentItemId == contentItemId);
        return await FirstAsync(OfStatus(rows, status), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyDictionary<string, ContentItem>> FindManyAsync(
        IReadOnlyCollection<string> contentItemIds, ContentStatus status, CancellationToken cancellationToken)
    {
        var rows = database.ContentVersions.AsNoTracking().Where(row => contentItemIds.Contains(row.ContentItemId));
        var items = await ListAsync(OfStatus(rows, status), cancellationToken).ConfigureAwait(false);
        return items.ToDictionary(item => item.ContentItemId, StringComparer.OrdinalIgnoreCase);
    }

    public Task<ContentItem?> FindVersionAsync(string contentItemVersionId, CancellationToken cancellationToken) =>
        FirstAsync(database.ContentVersions.AsNoTracking().Where(row => row.ContentItemVersionId == contentItemVersionId), cancellationToken);

    public async Task<IReadOnlyList<ContentItem>> FindVersionsAsync(string contentItemId, int skip, int take, CancellationToken cancellationToken)
    {
        var rows = database.ContentVersions.AsNoTracking().Where(row => row.ContentItemId == contentItemId);
        return await ListAsync(rows.OrderByDescending(row => row.Id).Skip(skip).Take(take), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<DeletedContent>> FindDeletedAsync(int skip, int take, CancellationToken cancellationToken)
    {
        var found = await database.ContentHeads.AsNoTracking().Where(head => head.DeletedUtc != null)
            .OrderByDescending(head => head.DeletedUtc).ThenBy(head => head.ContentItemId).Skip(skip).Take(take)
            .Select(head => new
            {
                Head = head,
                Row = database.ContentVersions.Where(row => row.ContentItemId == head.ContentItemId).OrderByDescending(row => row.Id).First(),
            })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. found.Select(entry => new DeletedContent(ToItem(entry.Row, entry.Head.Revision), entry.Head.DeletedUtc!.Value))];
    }

    public Task<int> PruneAsync(DateTime changedBeforeUtc, CancellationToken cancellationToken) =>
        database.ContentVersions.Where(row => !row.Latest && !row.Published && row.ModifiedUtc < changedBeforeUtc
            && database.ContentVersions.Any(newer => newer.ContentItemId == row.ContentItemId && newer.Id > row.Id))
            .ExecuteDeleteAsync(cancellationToken);

    public async Task<IReadOnlyList<ContentItem>> FindDocumentsAsync(IReadOnlyList<long> documentIds, CancellationToken cancellationToken)
    {
        var rows = database.ContentVersions.AsNoTracking().Where(row => documentIds.Contains(row.Id));
        var items = (await ListAsync(rows, cancellationToken).ConfigureAwait(false)).ToDictionary(item => item.DocumentId);
        return [.. documentIds.Where(items.ContainsKey).Select(id => items[id])];
    }

    public async Task<string?> FindHolderAsync(string key, string value, CancellationToken cancellationToken)
    {
        var stored = UniqueValueRow.Stored(value);
        return await database.UniqueValues.AsNoTracking().Where(row => row.Key == key && row.Value == stored)
            .Select(row => row.ContentItemId).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ContentItem>> QueryAsync(ContentQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await queries.FindAsync(database, query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ContentItem>> ReadAsync(ContentQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await queries.FindSharedAsync(database, query, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ILookup<string, ContentItem>> QueryEachAsync(
        ContentQuery query, IndexedField field, IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await queries.FindEachAsync(database, query, field, values, cancellationToken).ConfigureAwait(false);
    }

    public async Task<int> CountAsync(ContentQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await queries.CountAsync(database, query, cancellationToken).ConfigureAwait(false);
    }

    public async Task SaveAsync(ContentChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (database.Database.CurrentTransaction is not null)
        {
            await ApplyAsync(change, cancellationToken).ConfigureAwait(false);
            return;
        }

        await WriteAsync(change, cancellationToken).ConfigureAwait(false);

        // The change is stored: whether the visitor still waits no longer matters.
        await outbox.DeliverAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task ApplyAsync(ContentChange change, CancellationToken cancellationToken)
    {
        var written = await new ContentChangeWriter(database, indexer, clock).WriteAsync(change, cancellationToken).ConfigureAwait(false);
        await revisions.RecordAsync(change, written, cancellationToken).ConfigureAwait(false);
        foreach (var recorder in recorders) await recorder.RecordAsync(change, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes in a transaction of its own, again where others were in the way.</summary>
    private async Task WriteAsync(ContentChange change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
                await ApplyAsync(change, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (Exception problem) when (attempt < MaxAttempts && database.Diagnose(problem) == DatabaseProblem.Busy)
            {
                await Task.Delay(Random.Shared.Next(20, 60) * attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static IQueryable<ContentVersionRow> OfStatus(IQueryable<ContentVersionRow> rows, ContentStatus status) => status switch
    {
        ContentStatus.Published => rows.Where(row => row.Published),
        ContentStatus.Latest => rows.Where(row => row.Latest),
        ContentStatus.Draft => rows.Where(row => row.Latest && !row.Published),
        _ => rows,
    };

    private async Task<ContentItem?> FirstAsync(IQueryable<ContentVersionRow> rows, CancellationToken cancellationToken) =>
        (await ListAsync(rows.OrderByDescending(row => row.Id).Take(1), cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private async Task<List<ContentItem>> ListAsync(IQueryable<ContentVersionRow> rows, CancellationToken cancellationToken)
    {
        var found = await rows
            .Select(row => new
            {
                Row = row,
                Revision = database.ContentHeads.Where(head => head.ContentItemId == row.ContentItemId).Select(head => head.Revision).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. found.Select(entry => ToItem(entry.Row, entry.Revision))];
    }

    internal static ContentItem ToItem(ContentVersionRow row, long revision) => new()
    {
        ContentItemId = row.ContentItemId,
        ContentItemVersionId = row.ContentItemVersionId,
        ContentType = row.ContentType,
        DisplayText = row.DisplayText,
        Latest = row.Latest,
        Published = row.Published,
        CreatedUtc = row.CreatedUtc,
        ModifiedUtc = row.ModifiedUtc,
        PublishedUtc = row.PublishedUtc,
        Owner = row.Owner,
        Author = row.Author,
        Content = JsonNode.Parse(JsonTexts.Repaired(row.Content)) as JsonObject
            ?? throw new InvalidDataException($"The content of version {row.ContentItemVersionId} (row {row.Id.ToString(CultureInfo.InvariantCulture)}) is not a JSON object."),
        Revision = revision,
        DocumentId = row.Id,
    };
}
