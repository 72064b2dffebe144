using System.Collections.Immutable;
using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Platform.Storage.Sql;

/// <summary>
/// Writes the statements that find a page of a content query without reading everything that the query is about. Where few
/// versions meet a condition that an index finds, these are sorted; otherwise the page is read off an index that has its order.
/// What neither serves is filtered and sorted whole: parts of texts too short for their index that few hold, and orders by a
/// first key with few values.
/// </summary>
internal sealed class PageSql(SqlDialect dialect, ContentIndexer indexer)
{
    /// <summary>So few versions are sorted faster than they are met along an order.</summary>
    public const int Few = 300;

    /// <summary>How far versions that meet a condition are counted.</summary>
    public const int Many = 10_000;

    /// <summary>
    /// Texts of all kinds with a part that are looked at for those of one kind. Where there are more, nobody knows how many of that
    /// kind there are.
    /// </summary>
    internal const int MaxParts = 1000;

    /// <summary>Conditions of which one has to hold that are looked for one by one.</summary>
    private const int MaxAlternatives = 8;

    /// <summary>Candidates from the lists of several types; deeper pages are sorted whole.</summary>
    private const int MaxCandidates = 2000;

    private const string Row = "v.\"Id\"";
    private const string Entry = "i.\"VersionId\"";

    /// <summary>Which index finds what meets a comparison.</summary>
    public enum Finder
    {
        /// <summary>The index of short texts.</summary>
        Text,

        /// <summary>The index in order of the sort keys.</summary>
        Range,

        /// <summary>The index of parts of texts.</summary>
        Part,
    }

    /// <summary>A condition that an index finds, or several of which one has to hold.</summary>
    /// <param name="Alternatives">The comparisons.</param>
    /// <param name="Key">Equal for equal conditions that the same versions meet.</param>
    public sealed record Probe(ImmutableArray<(Compare Compare, Finder Finder)> Alternatives, string Key);

    /// <summary>The conditions of the query that all must hold, each with its probe where an index finds what meets it.</summary>
    public IReadOnlyList<(ContentFilter Filter, Probe? Probe)> ConditionsOf(ContentQuery query) =>
        [.. Conditions(query.Filter).Select(condition => (condition, ProbeOf(query, condition)))];

    /// <summary>
    /// The same query with its conditions in the order in which they are best asked of each version along an order: those that an
    /// index finds first, and of these the ones that few meet.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="conditions">Its conditions.</param>
    /// <param name="met">How many versions meet a probe; null where nobody knows.</param>
    public static ContentQuery Ordered(ContentQuery query, IReadOnlyList<(ContentFilter Filter, Probe? Probe)> conditions, Func<Probe, int?> met) =>
        conditions.Count < 2 ? query : query with { Filter = new AllOf([.. conditions.OrderBy(condition => condition.Probe is { } probe ? met(probe) ?? 0 : int.MaxValue).Select(condition => condition.Filter)]) };

    /// <summary>
    /// Finds, for some probes of a query, the place in the list, the ids of the versions that meet it, with commas between, and null;
    /// or null and how many meet it where these are more than <see cref="Few"/>, as far as <see cref="Many"/>, which it also says
    /// where nobody knows.
    /// </summary>
    public SqlText Ask(ContentQuery query, IReadOnlyList<Probe> probes)
    {
        var sql = new SqlText(dialect);
        for (var number = 0; number < probes.Count; number++)
        {
            var name = number.ToString(CultureInfo.InvariantCulture);
            if (number > 0) sql.Add(" UNION ALL ");
            var isWhole = $"count(*) = count(p{name}.\"VersionId\")";
            sql.Add($"SELECT {name}, CASE WHEN count(*) <= {Few} AND {isWhole} THEN COALESCE({dialect.Joined($"p{name}.\"VersionId\"")}, '') END, ")
                .Add($"CASE WHEN NOT {isWhole} THEN {Many} WHEN count(*) > {Few} THEN (SELECT count(*) FROM ");
            WriteMet(sql, query, probes[number], Many).Add($" AS m{name}) END FROM ");
            WriteMet(sql, query, probes[number], Few + 1).Add($" AS p{name}");
        }

        return sql;
    }

    /// <summary>Finds the page.</summary>
    /// <param name="query">The query.</param>
    /// <param name="candidates">Versions among which the page certainly is; null where they are many.</param>
    /// <param name="columns">What is read of each version, <c>v</c>.</param>
    public SqlText Page(ContentQuery query, IReadOnlyList<long>? candidates, string columns)
    {
        var sql = new SqlText(dialect);
        if (candidates is not null) return WriteSorted(sql, query, columns, () => WriteConditions(dialect.FromVersions(sql, candidates), query));
        if (query.ContentTypes.Length > 1 && AreTypesOrdered(query)) return WriteSorted(sql, query, columns, () => WriteOfEachType(sql, query));
        if (IsAlong(query)) return WriteAlong(sql, query, columns, query.Skip, query.Take);
        if (!HasOrder(query)) return WriteSorted(sql, query, columns, () => WriteVersions(sql, query, isRowByRow: false));
        sql.Add($"SELECT {columns} FROM ");
        WriteVersions(sql, query, isRowByRow: true);
        OrderSql.Write(sql, OrderSql.Keys(query));
        return WriteLimit(sql, query.Skip, query.Take);
    }

    /// <summary>Reads versions by their ids, in whatever order.</summary>
    public SqlText Versions(IReadOnlyList<long> ids) => dialect.FromVersions(new SqlText(dialect).Add($"SELECT {VersionSql.Columns} FROM "), ids);

    /// <summary>Counts all that the query finds, on whatever page.</summary>
    /// <param name="query">The query.</param>
    /// <param name="candidates">Versions among which all of it certainly is; null where they are many.</param>
    public SqlText Count(ContentQuery query, IReadOnlyList<long>? candidates)
    {
        var sql = new SqlText(dialect).Add("SELECT count(*) FROM ");
        return candidates is null ? WriteVersions(sql, query, isRowByRow: false) : WriteConditions(dialect.FromVersions(sql, candidates), query);
    }

    /// <summary>Finds the page of each of many lists: the database numbers the rows of each list and gives those within its page.</summary>
    public SqlText Each(ContentQuery query, IndexedField field, IReadOnlyCollection<string> values)
    {
        var sql = new SqlText(dialect);
        var (first, last) = (query.Skip.ToString(CultureInfo.InvariantCulture), ((long)query.Skip + query.Take).ToString(CultureInfo.InvariantCulture));
        sql.Add($"SELECT {VersionSql.Columns}, p.\"Value\" FROM (SELECT i.\"Text\" AS \"Value\", i.\"VersionId\" AS \"Id\", ROW_NUMBER() OVER (PARTITION BY lower(i.\"Text\")");
        OrderSql.Write(sql, OrderSql.Keys(query));
        sql.Add(") AS n FROM \"ContentIndex\" AS i CROSS JOIN \"ContentVersions\" AS v WHERE ");
        FilterSql.WriteEntry(sql, "i.", field, Comparison.In, [.. values]);
        sql.Add(" AND i.\"Place\" = 0 AND v.\"Id\" = i.\"VersionId\"");
        WriteConditions(sql, query);
        sql.Add($") AS p CROSS JOIN \"ContentVersions\" AS v WHERE v.\"Id\" = p.\"Id\" AND p.n > {first} AND p.n <= {last}");
        OrderSql.Write(sql, OrderSql.Keys(query));
        return sql;
    }

    /// <summary>The ids of the page are sorted and not the whole rows, which are wide.</summary>
    private static SqlText WriteSorted(SqlText sql, ContentQuery query, string columns, Action writeSource)
    {
        var keys = OrderSql.Keys(query);
        sql.Add($"SELECT {columns} FROM (SELECT v.\"Id\" AS \"Id\" FROM ");
        writeSource();
        OrderSql.Write(sql, keys);
        WriteLimit(sql, query.Skip, query.Take).Add(") AS p CROSS JOIN \"ContentVersions\" AS v WHERE v.\"Id\" = p.\"Id\"");
        OrderSql.Write(sql, keys);
        return sql;
    }

    private static SqlText WriteVersions(SqlText sql, ContentQuery query, bool isRowByRow) =>
        WriteConditions(sql.Add("\"ContentVersions\" AS v WHERE TRUE"), query, isRowByRow);

    private static SqlText WriteConditions(SqlText sql, ContentQuery query, bool isRowByRow = true)
    {
        sql.Add(VersionSql.Status("v", query.Status));
        if (!query.ContentTypes.IsEmpty) sql.Add(" AND v.\"ContentType\"").IsAny([.. query.ContentTypes]);
        if (query.Filter is null) return sql;
        new FilterSql(sql.Add(" AND "), Row) { IsRowByRow = isRowByRow }.Write(query.Filter);
        return sql;
    }

    private static SqlText WriteLimit(SqlText sql, long skip, long take) => sql.Add(string.Create(CultureInfo.InvariantCulture, $" LIMIT {take} OFFSET {skip}"));

    /// <summary>The beginning of each type's list, in which the page is.</summary>
    private void WriteOfEachType(SqlText sql, ContentQuery query)
    {
        var between = "(";
        foreach (var type in query.ContentTypes.Distinct(StringComparer.Ordinal))
        {
            var single = query with { ContentTypes = [type] };
            sql.Add(between).Add("SELECT * FROM (");
            if (IsAlong(single)) WriteAlong(sql, single, Entry + " AS \"Id\"", 0, (long)query.Skip + query.Take);
            else
            {
                WriteVersions(sql.Add("SELECT v.\"Id\" FROM "), single, isRowByRow: true);
                OrderSql.Write(sql, OrderSql.Keys(single));
                WriteLimit(sql, 0, (long)query.Skip + query.Take);
            }

            sql.Add(") AS t");
            between = " UNION ALL ";
        }

        sql.Add(") AS c CROSS JOIN \"ContentVersions\" AS v WHERE v.\"Id\" = c.\"Id\"");
    }

    private bool AreTypesOrdered(ContentQuery query) =>
        ((long)query.Skip + query.Take) * query.ContentTypes.Length <= MaxCandidates && query.ContentTypes.All(type => HasOrder(query with { ContentTypes = [type] }));

    private bool IsAlong(ContentQuery query) => query is { ContentTypes: [_], Order: [{ Field: IndexedField }, ..] } && HasOrder(query);

    /// <summary>Whether an index has the order of the query's first key, for its one type or for all.</summary>
    private bool HasOrder(ContentQuery query) => query.Status != ContentStatus.All && (query.Order, query.ContentTypes) switch
    {
        ({ IsEmpty: true }, { IsEmpty: true }) => query.Status == ContentStatus.Published,
        ([{ Field: EnvelopeField { Name: "ModifiedUtc" } }, ..], { IsEmpty: true }) => query.Status == ContentStatus.Latest,
        (_, not [_]) => false,
        ({ IsEmpty: true }, _) => true,
        ([{ Field: IndexedField field }, ..], [var type]) => indexer.HasRows(type, field.Key),
        ([{ Field: EnvelopeField { Name: "PublishedUtc" } }, ..], _) => query.Status == ContentStatus.Published,
        _ => query.Order[0].Field is EnvelopeField { Name: "CreatedUtc" or "ModifiedUtc" or "DisplayText" },
    };

    /// <summary>
    /// Versions along the index of the first key, which every version of the type is in: the page is read off its beginning,
    /// however many there are, and further keys sort what is equal by the first. Flags and type are asked of the index row
    /// alone, so that the database begins there; so is a condition on the first key, which then says where to begin.
    /// </summary>
    private SqlText WriteAlong(SqlText sql, ContentQuery query, string columns, long skip, long take)
    {
        var (type, field) = (query.ContentTypes[0], (IndexedField)query.Order[0].Field);
        sql.Add($"SELECT {columns} FROM \"ContentIndex\" AS i CROSS JOIN \"ContentVersions\" AS v WHERE v.\"Id\" = i.\"VersionId\" AND ");
        WriteEntries(sql, query.Status, type, field.Key);
        foreach (var condition in Conditions(query.Filter))
        {
            sql.Add(" AND ");
            if (condition is Compare { Field: IndexedField other } range && other.Key == field.Key && IsRange(type, range)) WriteRange(sql, range);
            else new FilterSql(sql, Entry) { IsRowByRow = true }.Write(condition);
        }

        OrderSql.Write(sql,
        [
            new OrderSql.Key(text => text.Add("i.\"SortKey\""), query.Order[0].Descending),
            .. query.Order[1..].SelectMany(order => OrderSql.Keys(order, query.Status)),
            new OrderSql.Key(text => text.Add(Entry), OrderSql.IsDescending(query)),
        ]);
        return WriteLimit(sql, skip, take);
    }

    private Probe? ProbeOf(ContentQuery query, ContentFilter condition)
    {
        if (condition is AnyOf { Filters: { Length: > 1 and <= MaxAlternatives } filters })
        {
            var probes = filters.Select(filter => ProbeOf(query, filter)).ToList();
            return probes.Contains(null) ? null : new Probe([.. probes.SelectMany(probe => probe!.Alternatives)], string.Join('|', probes.Select(probe => probe!.Key)));
        }

        if (condition is not Compare compare || compare.Values.Any(value => value is null)) return null;
        var key = string.Create(CultureInfo.InvariantCulture, $"{NameOf(compare.Field)} {compare.Comparison} {string.Join('\n', compare.Values)}");
        if (IsPart(compare)) return new Probe([(compare, Finder.Part)], key);
        if (compare.Field is not IndexedField field) return null;
        if (field.Type.Column() == IndexColumn.Text)
            return compare.Comparison == Comparison.In && compare.Values.All(value => FilterSql.IsShort(value!)) ? new Probe([(compare, Finder.Text)], key) : null;

        // A condition on the key of the order says where the index is read; there is nothing to be gained by sorting.
        if (query.Order is [{ Field: IndexedField first }, ..] && first.Key == field.Key) return null;
        return query.ContentTypes is [var type] && query.Status != ContentStatus.All && IsRange(type, compare) ? new Probe([(compare, Finder.Range)], $"{type} {query.Status} {key}") : null;
    }

    /// <summary>The versions that meet a condition, not all of them where they are very many; and null where some may be missing.</summary>
    private SqlText WriteMet(SqlText sql, ContentQuery query, Probe probe, int limit)
    {
        var between = "(SELECT u.\"VersionId\" FROM (";
        foreach (var (compare, finder) in probe.Alternatives)
        {
            sql.Add(between).Add("SELECT * FROM (");
            if (finder == Finder.Part) WriteParts(sql, compare);
            else WriteIndexed(sql, query, compare, finder);
            WriteLimit(sql, 0, limit).Add(") AS a");
            if (finder == Finder.Part) WriteLimit(WriteAlike(sql.Add(" UNION ALL SELECT NULL FROM ("), compare), MaxParts, 1).Add(") AS m");
            between = " UNION ALL ";
        }

        return WriteLimit(sql.Add(") AS u"), 0, limit).Add(")");
    }

    private void WriteIndexed(SqlText sql, ContentQuery query, Compare compare, Finder finder)
    {
        var field = (IndexedField)compare.Field;
        sql.Add("SELECT i.\"VersionId\" FROM \"ContentIndex\" AS i WHERE ");
        if (finder == Finder.Range) WriteRange(WriteEntries(sql, query.Status, query.ContentTypes[0], field.Key).Add(" AND "), compare);
        else FilterSql.WriteEntry(sql, "i.", field, compare.Comparison, [.. compare.Values.OfType<object>()]);
        if (dialect.IsSteeredByOrder) sql.Add(finder == Finder.Range ? " ORDER BY i.\"SortKey\", i.\"VersionId\"" : " ORDER BY lower(i.\"Text\"), i.\"VersionId\"");
    }

    /// <summary>The versions with a part in a text, among the first texts of all kinds that may have it.</summary>
    private void WriteParts(SqlText sql, Compare compare)
    {
        var index = PartIndex.Of(compare.Field)!;
        sql.Add(index == PartIndex.Texts ? "SELECT t.\"VersionId\" FROM (" : "SELECT t.\"Id\" AS \"VersionId\" FROM (");
        WriteLimit(WriteAlike(sql, compare), 0, MaxParts).Add($") AS l CROSS JOIN \"{index.Table}\" AS t WHERE t.\"Id\" = l.\"Id\" AND ");
        if (compare.Field is IndexedField field) FilterSql.WriteEntry(sql, "t.", field, compare.Comparison, [.. compare.Values.OfType<object>()]);
        else FilterSql.WritePart(sql, $"t.\"{index.Column}\"", compare.Comparison, compare.Values[0]!);
    }

    private SqlText WriteAlike(SqlText sql, Compare compare) => dialect.Alike(sql, PartIndex.Of(compare.Field)!, $"{compare.Values[0]}");

    private bool IsPart(Compare compare) =>
        compare is { Comparison: Comparison.Contains or Comparison.StartsWith or Comparison.EndsWith, Values: [{ } part] }
        && PartIndex.Of(compare.Field) is not null && dialect.PartsGoBy is { } isIndexed && PartIndex.Threes($"{part}", isIndexed).Count > 0;

    private static SqlText WriteEntries(SqlText sql, ContentStatus status, string type, string key) =>
        sql.Add("i.\"Key\" = ").Value(key).Add(" AND i.\"ContentType\" = ").Value(type).Add(" AND i.\"Place\" = 0").Add(VersionSql.Status("i", status));

    /// <summary>Whether the index in order of the sort keys finds what meets the comparison: keys of numbers, moments and flags are exact.</summary>
    private bool IsRange(string type, Compare compare) =>
        compare is { Field: IndexedField field, Values: [not null] } && field.Type.Column() != IndexColumn.Text && indexer.HasRows(type, field.Key)
        && compare.Comparison is Comparison.In or Comparison.GreaterThan or Comparison.GreaterOrEqual or Comparison.LessThan or Comparison.LessOrEqual;

    private static void WriteRange(SqlText sql, Compare compare)
    {
        var key = KeyOf(compare.Values[0]);
        var sign = compare.Comparison == Comparison.In ? " = " : FilterSql.Sign(compare.Comparison);
        if (compare.Comparison is Comparison.LessThan or Comparison.LessOrEqual) sql.Add("i.\"SortKey\" > '' AND ");
        sql.Add("i.\"SortKey\"").Add(sign).Value(key);
    }

    private static string KeyOf(object? value) => value switch
    {
        bool flag => SortKey.Of(flag),
        DateTime moment => SortKey.Of(moment),
        _ => SortKey.Of(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
    };

    private static string NameOf(QueryField field) => field is IndexedField { Key: var key } ? key : ((EnvelopeField)field).Name;

    /// <summary>The conditions that all must hold.</summary>
    private static IEnumerable<ContentFilter> Conditions(ContentFilter? filter) => filter switch
    {
        null => [],
        AllOf all => all.Filters.SelectMany(Conditions),
        _ => [filter],
    };
}
