using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Storage;

/// <summary>Finds the pages of many lists at once: the database numbers the rows of each list and gives those within its page.</summary>
internal sealed class QueryEach(CmsDbContext database)
{
    private readonly QueryTranslator _translator = new(database);

    /// <summary>For each value the page of the versions whose field equals it, in the query's order within each list.</summary>
    public IQueryable<ValueVersion> Find(ContentQuery query, IndexedField field, IReadOnlyCollection<string> values)
    {
        var entries = _translator.Entries(field, Comparison.In, [.. values]).Where(entry => entry.Place == 0);
        var rows = _translator.Sorted(_translator.Filtered(query), query).Join(entries, row => row.Id, entry => entry.VersionId, (row, entry) => new { Row = row, Value = entry.Text! });
        var found = entries.Select(entry => entry.Text!).Distinct()
            .SelectMany(value => rows.Where(pair => pair.Value == value).Skip(query.Skip).Take(query.Take), (value, pair) => new ValueVersion
            {
                Value = value,
                Row = pair.Row,
                Revision = database.ContentHeads.Where(head => head.ContentItemId == pair.Row.ContentItemId).Select(head => head.Revision).FirstOrDefault(),
            });
        IOrderedQueryable<ValueVersion>? sorted = null;
        foreach (var next in query.Order) sorted = _translator.Sort(found, sorted, next, query.Status, version => version.Row);
        if (query.Order.IsEmpty) sorted = found.OrderByDescending(version => version.Row.CreatedUtc);
        return QueryTranslator.Sort(found, sorted, query.Order.IsEmpty || query.Order[^1].Descending, version => version.Row.Id);
    }

    /// <summary>A version, and the value for which it was found.</summary>
    public sealed class ValueVersion
    {
        public required string Value { get; init; }
        public required ContentVersionRow Row { get; init; }
        public required long Revision { get; init; }
    }
}
