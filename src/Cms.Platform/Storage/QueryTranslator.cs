using System.Linq.Expressions;
using Cms.Core.Content;
using Cms.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>Turns a content query into one over the version rows and their index rows.</summary>
internal sealed class QueryTranslator(CmsDbContext database, ContentIndexer indexer)
{
    public IQueryable<ContentVersionRow> Filtered(ContentQuery query)
    {
        var rows = database.ContentVersions.AsNoTracking().WithStatus(query.Status);
        if (query.ContentTypes is { Length: 1 } single) rows = rows.Where(Predicate.Of(row => row.ContentType == single[0]));
        else if (query.ContentTypes.Length > 1)
        {
            var types = query.ContentTypes.ToArray();
            rows = rows.Where(row => types.Contains(row.ContentType));
        }

        return query.Filter is null ? rows : rows.Where(Translate(query.Filter));
    }

    public IQueryable<ContentVersionRow> Ordered(ContentQuery query)
    {
        if (query is { ContentTypes: [var type], Status: ContentStatus.Published, Order: [{ Field: IndexedField first } order] } && indexer.HasRows(type, first.Key))
            return Along(query, type, first, order.Descending);
        var rows = Filtered(query);
        IOrderedQueryable<ContentVersionRow>? ordered = null;
        foreach (var next in query.Order) ordered = Sort(ordered ?? rows, ordered is not null, next);
        if (ordered is null) return rows.OrderByDescending(row => row.CreatedUtc).ThenByDescending(row => row.Id);
        return query.Order[^1].Descending ? ordered.ThenByDescending(row => row.Id) : ordered.ThenBy(row => row.Id);
    }

    /// <summary>
    /// Versions along the index of a member, which every version of the type is in: the page is read off its beginning,
    /// however many there are. Flags and type are asked of the index row alone, so that the database begins there.
    /// </summary>
    private IQueryable<ContentVersionRow> Along(ContentQuery query, string type, IndexedField field, bool descending)
    {
        var key = field.Key;
        var rows = database.ContentVersions.AsNoTracking();
        if (query.Filter is not null) rows = rows.Where(Translate(query.Filter));
        var entries = database.ContentIndex.Where(entry => entry.Key == key && entry.ContentType == type && entry.Published && entry.Place == 0);
        return field.Type.Column() switch
        {
            IndexColumn.Number => Along(rows, entries, descending, pair => pair.Entry.Number),
            IndexColumn.Flag => Along(rows, entries, descending, pair => pair.Entry.Flag),
            IndexColumn.Moment => Along(rows, entries, descending, pair => pair.Entry.Moment),
            _ => Along(rows, entries, descending, pair => pair.Entry.Text),
        };
    }

    private static IQueryable<ContentVersionRow> Along<T>(
        IQueryable<ContentVersionRow> rows, IQueryable<ContentIndexRow> entries, bool descending, Expression<Func<IndexedVersion, T>> by)
    {
        var pairs = entries.Join(rows, entry => entry.VersionId, row => row.Id, (entry, row) => new IndexedVersion { Entry = entry, Row = row });
        return (descending
            ? pairs.OrderByDescending(by).ThenByDescending(pair => pair.Entry.VersionId)
            : pairs.OrderBy(by).ThenBy(pair => pair.Entry.VersionId)).Select(pair => pair.Row);
    }

    private sealed class IndexedVersion
    {
        public required ContentIndexRow Entry { get; init; }
        public required ContentVersionRow Row { get; init; }
    }

    private Expression<Func<ContentVersionRow, bool>> Translate(ContentFilter filter) => filter switch
    {
        AllOf all => all.Filters.Select(Translate).Aggregate(Predicate.Of(row => true), Predicate.And),
        AnyOf any => any.Filters.Select(Translate).Aggregate(Predicate.Of(row => false), Predicate.Or),
        Not not => Predicate.Not(Translate(not.Filter)),
        Compare { Field: EnvelopeField field } compare => EnvelopeFilter.Translate(field, compare),
        Compare { Field: IndexedField field } compare => IndexFilter(field, compare),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Unknown kind of filter."),
    };

    private Expression<Func<ContentVersionRow, bool>> IndexFilter(IndexedField field, Compare compare)
    {
        var key = field.Key;
        var values = compare.Values.Where(value => value is not null).ToList();
        var present = IndexValueFilter.Translate(field.Type, compare.Comparison, values, database.ContentIndex.Where(entry => entry.Key == key));
        Expression<Func<ContentVersionRow, bool>> matches = row => present.Any(entry => entry.VersionId == row.Id);
        if (values.Count == compare.Values.Length) return matches;
        var entries = database.ContentIndex;
        return Predicate.Or(matches, row => !entries.Any(entry => entry.VersionId == row.Id && entry.Key == key
            && (entry.Text != null || entry.Number != null || entry.Moment != null || entry.Flag != null)));
    }

    private IOrderedQueryable<ContentVersionRow> Sort(IQueryable<ContentVersionRow> rows, bool isSorted, ContentOrder order) => order.Field switch
    {
        EnvelopeField { Name: "CreatedUtc" } => Sort(rows, isSorted, order.Descending, row => row.CreatedUtc),
        EnvelopeField { Name: "ModifiedUtc" } => Sort(rows, isSorted, order.Descending, row => row.ModifiedUtc),
        EnvelopeField { Name: "PublishedUtc" } => Sort(rows, isSorted, order.Descending, row => row.PublishedUtc),
        EnvelopeField field => Sort(rows, isSorted, order.Descending, EnvelopeFilter.Text(field.Name)),
        IndexedField field => field.Type.Column() switch
        {
            IndexColumn.Number => Sort(rows, isSorted, order.Descending, Value(field.Key, entry => entry.Number)),
            IndexColumn.Flag => Sort(rows, isSorted, order.Descending, Value(field.Key, entry => entry.Flag)),
            IndexColumn.Moment => Sort(rows, isSorted, order.Descending, Value(field.Key, entry => entry.Moment)),
            _ => Sort(rows, isSorted, order.Descending, Value(field.Key, entry => entry.Text)),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(order), order.Field, "Unknown kind of field."),
    };

    private Expression<Func<ContentVersionRow, T?>> Value<T>(string key, Expression<Func<ContentIndexRow, T?>> member)
    {
        var entries = database.ContentIndex.Where(entry => entry.Key == key);
        return row => entries.Where(entry => entry.VersionId == row.Id && entry.Place == 0).Select(member).FirstOrDefault();
    }

    private static IOrderedQueryable<ContentVersionRow> Sort<T>(
        IQueryable<ContentVersionRow> rows, bool isSorted, bool descending, Expression<Func<ContentVersionRow, T>> by)
    {
        if (isSorted && rows is IOrderedQueryable<ContentVersionRow> ordered) return descending ? ordered.ThenByDescending(by) : ordered.ThenBy(by);
        return descending ? rows.OrderByDescending(by) : rows.OrderBy(by);
    }
}
