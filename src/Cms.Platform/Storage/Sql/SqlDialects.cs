using System.Text.Json;
using Cms.Core.Content;

namespace Cms.Platform.Storage.Sql;

internal sealed class SqliteDialect : SqlDialect
{
    public SqliteDialect() => PartsGoBy = char.IsLetterOrDigit;

    public override string Like => "LIKE";

    public override bool IsSteeredByOrder => false;

    public override string Joined(string column) => $"group_concat({column})";

    public override SqlText Alike(SqlText sql, PartIndex index, string part) => sql.Add($"SELECT rowid AS \"Id\" FROM \"{index.Name}\" WHERE \"{index.Name}\" MATCH ")
        .Value(string.Join(" AND ", PartIndex.Threes(part, PartsGoBy!).Select(three => $"\"{three}\"")));

    public override SqlText IsAny(SqlText sql, IReadOnlyList<object> values) => sql.Add(" IN (SELECT value FROM json_each(").Value(Json(values)).Add("))");

    // A cross join is read in the order in which it is written.
    public override SqlText FromVersions(SqlText sql, IReadOnlyList<long> ids) =>
        sql.Add("json_each(").Value(JsonSerializer.Serialize(ids)).Add(") AS c CROSS JOIN \"ContentVersions\" AS v WHERE v.\"Id\" = c.value");

    private static string Json(IReadOnlyList<object> values) => values[0] is string
        ? JsonSerializer.Serialize(values.Select(value => StorableTexts.Of((string)value)))
        : JsonSerializer.Serialize(values.Cast<long>());
}

internal sealed class PostgresDialect : SqlDialect
{
    public override string Like => "ILIKE";

    public override bool IsSteeredByOrder => true;

    public override string Joined(string column) => $"string_agg({column}::text, ',')";

    public override SqlText Alike(SqlText sql, PartIndex index, string part)
    {
        FilterSql.WritePart(sql.Add($"SELECT \"Id\" FROM \"{index.Table}\" WHERE "), $"\"{index.Column}\"", Comparison.Contains, part);
        return sql;
    }

    public override SqlText IsAny(SqlText sql, IReadOnlyList<object> values) => sql.Add(" = ANY(").Value(Array(values)).Add(")");

    public override SqlText FromVersions(SqlText sql, IReadOnlyList<long> ids) => sql.Add("\"ContentVersions\" AS v WHERE v.\"Id\" = ANY(").Value(ids.ToArray()).Add(")");

    private static Array Array(IReadOnlyList<object> values) => values[0] is string
        ? values.Select(value => StorableTexts.Of((string)value)).ToArray()
        : values.Cast<long>().ToArray();
}
