using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Storage.Sql;

namespace Cms.Platform.Storage;

/// <summary>Runs content queries. How many statements a query is depends on its shape, not on what it finds.</summary>
internal sealed class ContentQueries(SqlReads reads, ContentIndexer indexer, KnownItems known)
{
    private readonly PageSql _pages = new(reads.Dialect, indexer);

    /// <summary>The query's page; each item is the caller's own.</summary>
    public async Task<List<ContentItem>> FindAsync(CmsDbContext database, ContentQuery query, CancellationToken cancellationToken) =>
        await reads.ListAsync(database, await PageAsync(database, query, cancellationToken).ConfigureAwait(false), row => VersionSql.Read(row).Item, cancellationToken).ConfigureAwait(false);

    /// <summary>The query's page, of items that others read too.</summary>
    public async Task<List<ContentItem>> FindSharedAsync(CmsDbContext database, ContentQuery query, CancellationToken cancellationToken)
    {
        // What a transaction wrote is not known to become true, and its revisions may come again.
        if (database.Database.CurrentTransaction is not null) return await FindAsync(database, query, cancellationToken).ConfigureAwait(false);
        return await reads.ListAsync(database, await PageAsync(database, query, cancellationToken).ConfigureAwait(false), known.Read, cancellationToken).ConfigureAwait(false);
    }

    public async Task<ILookup<string, ContentItem>> FindEachAsync(
        CmsDbContext database, ContentQuery query, IndexedField field, IReadOnlyCollection<string> values, CancellationToken cancellationToken)
    {
        if (values.Count == 0) return Array.Empty<ContentItem>().ToLookup(item => "");
        var found = await reads.ListAsync(
            database, _pages.Each(query, field, values), row => (Value: row.GetString(VersionSql.Count), VersionSql.Read(row).Item), cancellationToken).ConfigureAwait(false);
        return found.ToLookup(entry => entry.Value, entry => entry.Item, StringComparer.OrdinalIgnoreCase);
    }

    public async Task<int> CountAsync(CmsDbContext database, ContentQuery query, CancellationToken cancellationToken)
    {
        var counts = await reads.ListAsync(database, _pages.Count(query), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return (int)counts[0];
    }

    /// <summary>The statement that finds the page, made for as many versions as there are.</summary>
    internal async Task<SqlText> PageAsync(CmsDbContext database, ContentQuery query, CancellationToken cancellationToken)
    {
        if (_pages.Probes(query) is not { } probes) return _pages.Page(query, null);
        var found = await reads.ListAsync(database, probes, row => row.IsDBNull(1) ? null : row.GetString(1), cancellationToken).ConfigureAwait(false);

        // A version may meet a condition by several values.
        return _pages.Page(query, found.OfType<string>().Select(Ids).MinBy(ids => ids.Count));
    }

    private static List<long> Ids(string joined) =>
        [.. joined.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture)).Distinct()];
}
