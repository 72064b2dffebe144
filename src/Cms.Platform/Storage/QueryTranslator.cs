using System.Linq.Expressions;
using Cms.Core.Content;
using Cms.Core.Fields;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>Turns the filter and the order of a content query into conditions and orders of the version rows and their index rows.</summary>
internal sealed class QueryTranslator(CmsDbContext database)
{
    /// <summary>
    /// Asks for each version anew whether it meets a condition: right where few versions are looked at, or those at the beginning of
    /// an order. Otherwise the database may turn a condition into a join, which begins by finding all that meet it.
    /// </summary>
    public bool IsRowByRow { get; init; }

    /// <summary>The versions that the query is about, in no order.</summary>
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

    /// <summary>
    /// Those of some versions that the query is about. Types are asked for in words that no index knows, so that the database begins
    /// with the ids, which are few, and not with a type, of which it does not know how many there are.
    /// </summary>
    public IQueryable<ContentVersionRow> Among(IReadOnlyList<long> ids, ContentQuery query)
    {
        var rows = database.ContentVersions.AsNoTracking().Where(row => ids.Contains(row.Id)).WithStatus(query.Status);
        if (query.ContentTypes.Length > 0)
        {
            var types = query.ContentTypes.ToArray();
            rows = rows.Where(row => types.Contains(row.ContentType + ""));
        }

        return query.Filter is null ? rows : rows.Where(Translate(query.Filter));
    }

    /// <summary>The versions in the query's order; the database sorts them unless an index of the version rows has that order.</summary>
    public IQueryable<ContentVersionRow> Sorted(IQueryable<ContentVersionRow> rows, ContentQuery query)
    {
        if (query.Order.IsEmpty) return rows.OrderByDescending(row => row.CreatedUtc).ThenByDescending(row => row.Id);
        IOrderedQueryable<ContentVersionRow>? ordered = null;
        foreach (var next in query.Order) ordered = Sort(rows, ordered, next, query.Status, row => row);
        return query.Order[^1].Descending ? ordered!.ThenByDescending(row => row.Id) : ordered!.ThenBy(row => row.Id);
    }

    /// <summary>Sorts rows by what the order says of the version in each of them.</summary>
    public IOrderedQueryable<T> Sort<T>(
        IQueryable<T> rows, IOrderedQueryable<T>? sorted, ContentOrder order, ContentStatus status, Expression<Func<T, ContentVersionRow>> version) => order.Field switch
        {
            EnvelopeField { Name: "CreatedUtc" } => Sort(rows, sorted, order.Descending, Predicate.Over(version, row => row.CreatedUtc)),
            EnvelopeField { Name: "ModifiedUtc" } => Sort(rows, sorted, order.Descending, Predicate.Over(version, row => row.ModifiedUtc)),
            EnvelopeField { Name: "PublishedUtc" } when status == ContentStatus.Published => Sort(rows, sorted, order.Descending, Predicate.Over(version, row => row.PublishedUtc)),
            EnvelopeField { Name: "ContentItemId" or "ContentItemVersionId" } field => Sort(rows, sorted, order.Descending, Predicate.Over(version, EnvelopeFilter.Text(field.Name))),
            EnvelopeField { Name: "DisplayText" } => Sort(rows, sorted, order.Descending, Predicate.Over(version, row => row.DisplaySort)),
            EnvelopeField { Name: "PublishedUtc" } => SortNullable(rows, sorted, order.Descending, Predicate.Over(version, row => row.PublishedUtc), Predicate.Over(version, row => row.PublishedUtc != null)),
            EnvelopeField field => SortNullable(
                rows, sorted, order.Descending, Predicate.Over(version, EnvelopeFilter.Text(field.Name)), Predicate.Over(Predicate.Over(version, EnvelopeFilter.Text(field.Name)), text => text != null)),
            IndexedField field => Sort(rows, sorted, order.Descending, Predicate.Over(version, Value(field.Key))),
            _ => throw new ArgumentOutOfRangeException(nameof(order), order.Field, "Unknown kind of field."),
        };

    /// <summary>Rows without a value come before the others, whatever the provider does by itself.</summary>
    private static IOrderedQueryable<T> SortNullable<T, TKey>(
        IQueryable<T> rows, IOrderedQueryable<T>? sorted, bool descending, Expression<Func<T, TKey>> by, Expression<Func<T, bool>> hasValue) =>
        Sort(rows, Sort(rows, sorted, descending, hasValue), descending, by);

    public static IOrderedQueryable<T> Sort<T, TKey>(IQueryable<T> rows, IOrderedQueryable<T>? sorted, bool descending, Expression<Func<T, TKey>> by)
    {
        if (sorted is not null) return descending ? sorted.ThenByDescending(by) : sorted.ThenBy(by);
        return descending ? rows.OrderByDescending(by) : rows.OrderBy(by);
    }

    public Expression<Func<ContentVersionRow, bool>> Translate(ContentFilter filter) => filter switch
    {
        AllOf all => all.Filters.Select(Translate).Aggregate(Predicate.Of(row => true), Predicate.And),
        AnyOf any => any.Filters.Select(Translate).Aggregate(Predicate.Of(row => false), Predicate.Or),
        Not not => Predicate.Not(Translate(not.Filter)),
        Compare { Field: EnvelopeField field } compare => EnvelopeFilter.Translate(field, compare, database),
        Compare { Field: IndexedField field } compare => IndexFilter(field, compare),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "Unknown kind of filter."),
    };

    /// <summary>The index rows that meet a comparison with values.</summary>
    public IQueryable<ContentIndexRow> Entries(IndexedField field, Comparison comparison, IReadOnlyList<object?> values)
    {
        var key = field.Key;
        return IndexValueFilter.Translate(field.Type, comparison, values, database.ContentIndex.AsNoTracking().Where(entry => entry.Key == key), database);
    }

    private Expression<Func<ContentVersionRow, bool>> IndexFilter(IndexedField field, Compare compare)
    {
        var key = field.Key;
        var values = compare.Values.Where(value => value is not null).ToList();
        var present = Entries(field, compare.Comparison, values);

        // An aggregate can't become a join.
        Expression<Func<ContentVersionRow, bool>> matches = IsRowByRow
            ? row => present.Where(entry => entry.VersionId == row.Id).Max(entry => (int?)entry.Place) != null
            : row => present.Any(entry => entry.VersionId == row.Id);
        if (values.Count == compare.Values.Length) return matches;
        var entries = database.ContentIndex;
        return Predicate.Or(matches, row => !entries.Any(entry => entry.VersionId == row.Id && entry.Key == key
            && (entry.Text != null || entry.Number != null || entry.Moment != null || entry.Flag != null)));
    }

    private Expression<Func<ContentVersionRow, string>> Value(string key)
    {
        var entries = database.ContentIndex.Where(entry => entry.Key == key);
        return row => entries.Where(entry => entry.VersionId == row.Id && entry.Place == 0).Select(entry => entry.SortKey).FirstOrDefault() ?? "";
    }
}
