using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Events;
using Cms.Platform.Storage.Revisions;
using Cms.Platform.Storage.Sql;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>Content in the database. One scope, one store; changes join the scope's transaction where there is one.</summary>
internal sealed class ContentStore(
    CmsDbContext database, SqlReads reads, ContentQueries queries, ContentIndexer indexer, Outbox outbox, ContentRevisions revisions,
    IEnumerable<IContentChangeRecorder> recorders, TimeProvider clock) : IContentStore
{
    /// <summary>How often a change is tried before others in its way are an error.</summary>
    private const int MaxAttempts = 4;

    public Task<ContentItem?> FindAsync(string contentItemId, ContentStatus status, CancellationToken cancellationToken) =>
        FirstAsync(Versions("ContentItemId", [contentItemId]).Add(VersionSql.Status("v", status)), cancellationToken);

    public async Task<IReadOnlyDictionary<string, ContentItem>> FindManyAsync(
        IReadOnlyCollection<string> contentItemIds, ContentStatus status, CancellationToken cancellationToken)
    {
        if (contentItemIds.Count == 0) return new Dictionary<string, ContentItem>();
        var items = await ListAsync(Versions("ContentItemId", [.. contentItemIds]).Add(VersionSql.Status("v", status)), cancellationToken).ConfigureAwait(false);
        return items.ToDictionary(item => item.ContentItemId, StringComparer.OrdinalIgnoreCase);
    }

    public Task<ContentItem?> FindVersionAsync(string contentItemVersionId, CancellationToken cancellationToken) =>
        FirstAsync(Versions("ContentItemVersionId", [contentItemVersionId]), cancellationToken);

    public async Task<IReadOnlyList<ContentItem>> FindVersionsAsync(string contentItemId, int skip, int take, CancellationToken cancellationToken) =>
        await ListAsync(NewestFirst(Versions("ContentItemId", [contentItemId]), skip, take), cancellationToken).ConfigureAwait(false);

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
        var items = (await ListAsync(queries.Versions(documentIds), cancellationToken).ConfigureAwait(false)).ToDictionary(item => item.DocumentId);
        return [.. documentIds.Where(items.ContainsKey).Select(id => items[id])];
    }

    public async Task<string?> FindHolderAsync(string key, string value, CancellationToken cancellationToken)
    {
        var sql = new SqlText(reads.Dialect).Add("SELECT u.\"ContentItemId\" FROM \"UniqueValues\" AS u WHERE u.\"Key\" = ").Value(key)
            .Add(" AND u.\"Value\" = ").Value(UniqueValueRow.Stored(value));
        return (await reads.ListAsync(database, sql, row => row.GetString(0), cancellationToken).ConfigureAwait(false)).FirstOrDefault();
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
        await outbox.DeliverAsync().ConfigureAwait(false);
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

    private SqlText Versions(string column, IReadOnlyList<object> values) =>
        new SqlText(reads.Dialect).Add($"SELECT {VersionSql.Columns} FROM \"ContentVersions\" AS v WHERE v.\"{column}\"").IsAny(values);

    private static SqlText NewestFirst(SqlText sql, int skip, int take) =>
        sql.Add(string.Create(CultureInfo.InvariantCulture, $" ORDER BY v.\"Id\" DESC LIMIT {take} OFFSET {skip}"));

    private async Task<ContentItem?> FirstAsync(SqlText sql, CancellationToken cancellationToken) =>
        (await ListAsync(NewestFirst(sql, 0, 1), cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private Task<List<ContentItem>> ListAsync(SqlText sql, CancellationToken cancellationToken) =>
        reads.ListAsync(database, sql, row => VersionSql.Read(row).Item, cancellationToken);

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
