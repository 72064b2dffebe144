using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>
/// Finds a page of a content query without reading everything that the query is about. Where few versions meet a condition
/// that an index finds, these are sorted; otherwise the page is read off an index that has its order. What neither serves is
/// filtered and sorted whole: filters that look inside texts, and orders by a first key with few values.
/// </summary>
internal sealed class QueryPages(CmsDbContext database, ContentIndexer indexer)
{
    /// <summary>So few versions are sorted faster than they are met along an order.</summary>
    private const int Few = 300;

    /// <summary>Conditions that are asked whether few versions meet them.</summary>
    private const int MaxProbes = 3;

    /// <summary>Candidates from the lists of several types; deeper pages are sorted whole.</summary>
    private const int MaxCandidates = 2000;

    private readonly QueryTranslator _translator = new(database) { IsRowByRow = true };

    /// <summary>The page's rows, in order.</summary>
    public async Task<IQueryable<ContentVersionRow>> FindAsync(ContentQuery query, CancellationToken cancellationToken)
    {
        var rows = await CandidatesAsync(query, cancellationToken).ConfigureAwait(false) is { } ids
            ? _translator.Sorted(_translator.Among(ids, query), query)
            : Ordered(query);
        return rows.Skip(query.Skip).Take(query.Take);
    }

    /// <summary>Versions among which the page certainly is, or null where they are many.</summary>
    private async Task<List<long>?> CandidatesAsync(ContentQuery query, CancellationToken cancellationToken)
    {
        foreach (var probe in Conditions(query.Filter).Select(condition => Probe(query, condition)).OfType<IQueryable<long>>().Take(MaxProbes))
        {
            var found = await probe.Take(Few + 1).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (found.Count <= Few) return found;
        }

        return query.ContentTypes.Length > 1 ? await OfEachTypeAsync(query, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>The beginning of each type's list, in which the page is.</summary>
    private async Task<List<long>?> OfEachTypeAsync(ContentQuery query, CancellationToken cancellationToken)
    {
        var depth = (long)query.Skip + query.Take;
        var types = query.ContentTypes.Distinct(StringComparer.Ordinal).ToList();
        if (depth * types.Count > MaxCandidates || !types.TrueForAll(type => HasOrder(query with { ContentTypes = [type] }))) return null;
        var candidates = new List<long>();
        foreach (var type in types)
            candidates.AddRange(await Ordered(query with { ContentTypes = [type] }).Select(row => row.Id).Take((int)depth).ToListAsync(cancellationToken).ConfigureAwait(false));
        return candidates;
    }

    private IQueryable<ContentVersionRow> Ordered(ContentQuery query) =>
        query is { ContentTypes: [var type], Order: [{ Field: IndexedField first }, ..] } && HasOrder(query)
            ? Along(query, type, first)
            : Whole(query);

    /// <summary>All versions that the query is about, in the order of an index of theirs or sorted.</summary>
    private IQueryable<ContentVersionRow> Whole(ContentQuery query)
    {
        var translator = query.ContentTypes.Length == 1 && HasOrder(query) ? _translator : new QueryTranslator(database);
        return translator.Sorted(translator.Filtered(query), query);
    }

    /// <summary>Whether an index has the order of the query's first key, for its one type.</summary>
    private bool HasOrder(ContentQuery query) => query.Status != ContentStatus.All && (query.Order.IsEmpty || query.Order[0].Field switch
    {
        IndexedField field => indexer.HasRows(query.ContentTypes[0], field.Key),
        EnvelopeField { Name: "PublishedUtc" } => query.Status == ContentStatus.Published,
        EnvelopeField field => field.Name is "CreatedUtc" or "ModifiedUtc" or "DisplayText",
        _ => false,
    });

    /// <summary>
    /// Versions along the index of the first key, which every version of the type is in: the page is read off its beginning,
    /// however many there are, and further keys sort what is equal by the first. Flags and type are asked of the index row
    /// alone, so that the database begins there; so is a condition on the first key, which then says where to begin.
    /// </summary>
    private IQueryable<ContentVersionRow> Along(ContentQuery query, string type, IndexedField field)
    {
        var conditions = Conditions(query.Filter).ToList();
        var entries = Entries(query.Status, type, field.Key);
        foreach (var range in conditions.OfType<Compare>().Where(condition => condition.Field is IndexedField other && other.Key == field.Key && IsRange(type, condition)).ToList())
        {
            entries = InRange(entries, range);
            conditions.Remove(range);
        }

        var rows = database.ContentVersions.AsNoTracking();
        if (conditions.Count > 0) rows = rows.Where(_translator.Translate(new AllOf([.. conditions])));
        var pairs = entries.Join(rows, entry => entry.VersionId, row => row.Id, (entry, row) => new IndexedVersion { Entry = entry, Row = row });
        var sorted = QueryTranslator.Sort(pairs, null, query.Order[0].Descending, pair => pair.Entry.SortKey);
        foreach (var next in query.Order[1..]) sorted = _translator.Sort(pairs, sorted, next, query.Status, pair => pair.Row);
        return QueryTranslator.Sort(pairs, sorted, query.Order[^1].Descending, pair => pair.Entry.VersionId).Select(pair => pair.Row);
    }

    /// <summary>The versions that meet a condition, by an index that finds them; null where none does.</summary>
    private IQueryable<long>? Probe(ContentQuery query, ContentFilter condition)
    {
        if (condition is not Compare { Field: IndexedField field } compare || compare.Values.Any(value => value is null)) return null;
        if (field.Type.Column() == IndexColumn.Text)
        {
            var isFound = compare.Comparison == Comparison.In && compare.Values.All(value => value!.ToString()!.Length <= ContentIndexConfiguration.MaxIndexedText);
#pragma warning disable CA1304, CA1311 // The database folds, in the words of its index.
            return isFound ? _translator.Entries(field, compare.Comparison, compare.Values).OrderBy(entry => entry.Text!.ToLower()).ThenBy(entry => entry.VersionId).Select(entry => entry.VersionId) : null;
#pragma warning restore CA1304, CA1311
        }

        // A condition on the key of the order says where the index is read; there is nothing to be gained by sorting.
        if (query.Order is [{ Field: IndexedField first }, ..] && first.Key == field.Key) return null;
        return query.ContentTypes is [var type] && query.Status != ContentStatus.All && IsRange(type, compare)
            ? InRange(Entries(query.Status, type, field.Key), compare).OrderBy(entry => entry.SortKey).ThenBy(entry => entry.VersionId).Select(entry => entry.VersionId)
            : null;
    }

    private IQueryable<ContentIndexRow> Entries(ContentStatus status, string type, string key)
    {
        var entries = database.ContentIndex.AsNoTracking().Where(entry => entry.Key == key && entry.ContentType == type && entry.Place == 0);
        return status switch
        {
            ContentStatus.Published => entries.Where(entry => entry.Published),
            ContentStatus.Latest => entries.Where(entry => entry.Latest),
            _ => entries.Where(entry => entry.Latest && !entry.Published),
        };
    }

    /// <summary>Whether the index in order of the sort keys finds what meets the comparison: keys of numbers, moments and flags are exact.</summary>
    private bool IsRange(string type, Compare compare) =>
        compare is { Field: IndexedField field, Values: [not null] } && field.Type.Column() != IndexColumn.Text && indexer.HasRows(type, field.Key)
        && compare.Comparison is Comparison.In or Comparison.GreaterThan or Comparison.GreaterOrEqual or Comparison.LessThan or Comparison.LessOrEqual;

    private static IQueryable<ContentIndexRow> InRange(IQueryable<ContentIndexRow> entries, Compare compare)
    {
        var key = KeyOf(compare.Values[0]);
#pragma warning disable CA1309 // The database compares, and EF Core translates no overload that names a comparison.
        return compare.Comparison switch
        {
            Comparison.GreaterThan => entries.Where(entry => string.Compare(entry.SortKey, key) > 0),
            Comparison.GreaterOrEqual => entries.Where(entry => string.Compare(entry.SortKey, key) >= 0),
            Comparison.LessThan => entries.Where(entry => string.Compare(entry.SortKey, "") > 0 && string.Compare(entry.SortKey, key) < 0),
            Comparison.LessOrEqual => entries.Where(entry => string.Compare(entry.SortKey, "") > 0 && string.Compare(entry.SortKey, key) <= 0),
            _ => entries.Where(entry => entry.SortKey == key),
        };
#pragma warning restore CA1309
    }

    private static string KeyOf(object? value) => value switch
    {
        bool flag => SortKey.Of(flag),
        DateTime moment => SortKey.Of(moment),
        _ => SortKey.Of(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>The conditions that all must hold.</summary>
    private static IEnumerable<ContentFilter> Conditions(ContentFilter? filter) => filter switch
    {
        null => [],
        AllOf all => all.Filters.SelectMany(Conditions),
        _ => [filter],
    };

    private sealed class IndexedVersion
    {
        public required ContentIndexRow Entry { get; init; }
        public required ContentVersionRow Row { get; init; }
    }
}
