using System.Data.Common;
using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Storage.Sql;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.Platform.Storage;

/// <summary>Runs content queries. How many statements a query is depends on its shape, not on what it finds.</summary>
internal sealed class ContentQueries(SqlReads reads, ContentIndexer indexer, KnownItems known) : IDisposable
{
    /// <summary>Conditions of which it is asked at once whether few versions meet them.</summary>
    private const int MaxProbes = 3;

    /// <summary>Characters of the conditions that are remembered: whoever asks writes them.</summary>
    private const int MaxRemembered = 1024 * 1024;

    private readonly PageSql _pages = new(reads.Dialect, indexer);

    /// <summary>
    /// Conditions that many versions met lately, and how many, which are not asked again for a while. Should few meet one meanwhile,
    /// the page is found all the same, a little slower.
    /// </summary>
    private readonly MemoryCache _frequent = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <summary>The query's page; each item is the caller's own.</summary>
    public async Task<List<ContentItem>> FindAsync(CmsDbContext database, ContentQuery query, CancellationToken cancellationToken)
    {
        var page = await PageAsync(database, query, VersionSql.Columns, cancellationToken).ConfigureAwait(false);
        return await reads.ListAsync(database, page, row => VersionSql.Read(row).Item, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The query's page, of items that others read too. Only those are read whole that are not known.</summary>
    public async Task<IReadOnlyList<ContentItem>> FindSharedAsync(CmsDbContext database, ContentQuery query, CancellationToken cancellationToken)
    {
        // What a transaction wrote is not known to become true, and its revisions may come again.
        if (database.Database.CurrentTransaction is not null) return await FindAsync(database, query, cancellationToken).ConfigureAwait(false);
        var page = await PageAsync(database, query, VersionSql.Keys, cancellationToken).ConfigureAwait(false);
        var states = await reads.ListAsync(database, page, VersionSql.Key, cancellationToken).ConfigureAwait(false);
        var items = states.ConvertAll(known.Find);
        var missing = states.Where((_, place) => items[place] is null).Select(state => state.Id).ToList();
        if (missing.Count == 0) return items!;
        var found = (await reads.ListAsync(database, _pages.Versions(missing), known.Read, cancellationToken).ConfigureAwait(false)).ToDictionary(item => (item.DocumentId, item.Revision));
        for (var place = 0; place < states.Count; place++) items[place] ??= found.GetValueOrDefault(states[place]);

        // Changed between the two statements: whether it still belongs to the page says only a statement that reads it too.
        return items.Contains(null) ? await FindAsync(database, query, cancellationToken).ConfigureAwait(false) : items!;
    }

    /// <summary>The statement that reads versions by their ids, in whatever order.</summary>
    public SqlText Versions(IReadOnlyList<long> documentIds) => _pages.Versions(documentIds);

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
        var candidates = await CandidatesAsync(database, query, _pages.ConditionsOf(query), cancellationToken).ConfigureAwait(false);
        var counts = await reads.ListAsync(database, _pages.Count(query, candidates), row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
        return (int)counts[0];
    }

    /// <summary>The statement that finds the page, made for as many versions as there are.</summary>
    internal async Task<SqlText> PageAsync(CmsDbContext database, ContentQuery query, string columns, CancellationToken cancellationToken)
    {
        var conditions = _pages.ConditionsOf(query);
        var candidates = await CandidatesAsync(database, query, conditions, cancellationToken).ConfigureAwait(false);
        return _pages.Page(candidates is null ? PageSql.Ordered(query, conditions, Frequency) : query, candidates, columns);
    }

    /// <summary>Versions among which is all that the query finds; null where they are many.</summary>
    private async Task<List<long>?> CandidatesAsync(
        CmsDbContext database, ContentQuery query, IReadOnlyList<(ContentFilter Filter, PageSql.Probe? Probe)> conditions, CancellationToken cancellationToken)
    {
        var probes = conditions.Select(condition => condition.Probe).OfType<PageSql.Probe>().Where(probe => Frequency(probe) is null).Take(MaxProbes).ToList();
        if (probes.Count == 0) return null;
        List<long>? candidates = null;
        foreach (var (place, joined, count) in await reads.ListAsync(database, _pages.Ask(query, probes), ReadAnswer, cancellationToken).ConfigureAwait(false))
        {
            if (joined is null) Remember(probes[place], count);

            // A version may meet a condition by several values.
            else if (Ids(joined) is var ids && (candidates is null || ids.Count < candidates.Count)) candidates = ids;
        }

        return candidates;
    }

    private void Remember(PageSql.Probe probe, int count) =>
        _frequent.Set(probe.Key, count, new MemoryCacheEntryOptions { Size = probe.Key.Length, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(1) });

    private int? Frequency(PageSql.Probe probe) => _frequent.TryGetValue(probe.Key, out int count) ? count : null;

    private static (int Place, string? Joined, int Count) ReadAnswer(DbDataReader row) =>
        (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? 0 : (int)row.GetInt64(2));

    public void Dispose() => _frequent.Dispose();

    private static List<long> Ids(string joined) =>
        [.. joined.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture)).Distinct()];
}
