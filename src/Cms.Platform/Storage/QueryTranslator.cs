using System.Linq.Expressions;
using Cms.Core.Content;
using Cms.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>Turns a content query into one over the version rows and their index rows.</summary>
internal sealed class QueryTranslator(CmsDbContext database)
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
        var rows = Filtered(query);
        IOrderedQueryable<ContentVersionRow>? ordered = null;
        foreach (var order in query.Order) ordered = Sort(ordered ?? rows, ordered is not null, order);
        ordered = ordered is null ? rows.OrderByDescending(row => row.CreatedUtc) : ordered;
        return ordered.ThenByDescending(row => row.Id);
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
        return Predicate.Or(matches, row => !entries.Any(entry => entry.VersionId == row.Id && entry.Key == key));
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
        return row => entries.Where(entry => entry.VersionId == row.Id).OrderBy(entry => entry.Id).Select(member).FirstOrDefault();
    }

    private static IOrderedQueryable<ContentVersionRow> Sort<T>(
        IQueryable<ContentVersionRow> rows, bool isSorted, bool descending, Expression<Func<ContentVersionRow, T>> by)
    {
        if (isSorted && rows is IOrderedQueryable<ContentVersionRow> ordered) return descending ? ordered.ThenByDescending(by) : ordered.ThenBy(by);
        return descending ? rows.OrderByDescending(by) : rows.OrderBy(by);
    }
}
