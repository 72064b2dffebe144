using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Platform.Storage.Sql;

/// <summary>
/// Writes the conditions of a content query. Each is true or false and never unknown, so that they can be negated. Texts are
/// compared without the case of ASCII letters, which is what the databases' lower folds.
/// </summary>
/// <param name="version">The expression of a version's id, by which its index rows are found.</param>
internal sealed class FilterSql(SqlText sql, string version)
{
    private const string Escape = "\\";

    /// <summary>
    /// Asks for each version anew whether it meets a condition: right where few versions are looked at, or those at the beginning of
    /// an order. Otherwise the database may turn a condition into a join, which begins by finding all that meet it.
    /// </summary>
    public bool IsRowByRow { get; init; }

    public void Write(ContentFilter filter)
    {
        switch (filter)
        {
            case AllOf all:
                WriteAll(all.Filters, " AND ", "TRUE");
                break;
            case AnyOf any:
                WriteAll(any.Filters, " OR ", "FALSE");
                break;
            case Not not:
                sql.Add("NOT ");
                WriteAll([not.Filter], "", "");
                break;
            case Compare { Field: EnvelopeField field } compare:
                WriteEnvelope(field, compare);
                break;
            case Compare { Field: IndexedField field } compare:
                WriteIndexed(field, compare);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(filter), filter, "Unknown kind of filter.");
        }
    }

    /// <summary>The condition that an index row, named <paramref name="row"/>, holds a value of the field that meets the comparison.</summary>
    public static void WriteEntry(SqlText sql, string row, IndexedField field, Comparison comparison, IReadOnlyList<object> values)
    {
        sql.Add(row).Add("\"Key\" = ").Value(field.Key).Add(" AND ");
        var column = field.Type.Column();
        if (column == IndexColumn.Text && comparison == Comparison.In && values.All(IsShort)) sql.Add($"length({row}\"Text\") <= {ContentIndexConfiguration.MaxIndexedText} AND ");
        WriteComparison(sql, $"{row}\"{column}\"", column, comparison, values);
    }

    /// <summary>Whether the index of texts finds the value.</summary>
    public static bool IsShort(object value) => $"{value}".Length <= ContentIndexConfiguration.MaxIndexedText;

    private void WriteAll(IReadOnlyList<ContentFilter> filters, string between, string none)
    {
        sql.Add("(");
        if (filters.Count == 0) sql.Add(none);
        for (var i = 0; i < filters.Count; i++)
        {
            if (i > 0) sql.Add(between);
            Write(filters[i]);
        }

        sql.Add(")");
    }

    private void WriteEnvelope(EnvelopeField field, Compare compare)
    {
        var column = $"v.\"{field.Name}\"";
        var values = compare.Values.OfType<object>().ToList();
        sql.Add("(");
        if (compare.Values.Contains(null)) sql.Add(column).Add(" IS NULL OR ");
        if (values.Count == 0) sql.Add("FALSE)");
        else
        {
            sql.Add(column).Add(" IS NOT NULL AND ");
            if (field.Type == MemberType.ContentItemId && IsOrdinal(compare.Comparison)) WriteId(column, compare.Comparison, values);
            else WriteComparison(sql, column, field.Type.Column(), compare.Comparison, values);
            sql.Add(")");
        }
    }

    /// <summary>Ids of the envelope are compared as they are: their own indexes find them.</summary>
    private void WriteId(string column, Comparison comparison, List<object> values)
    {
        sql.Add(column);
        if (comparison == Comparison.In) sql.IsAny(values);
        else sql.Add(Sign(comparison)).Value(values[0]);
    }

    private static bool IsOrdinal(Comparison comparison) =>
        comparison is Comparison.In or Comparison.GreaterThan or Comparison.GreaterOrEqual or Comparison.LessThan or Comparison.LessOrEqual;

    private void WriteIndexed(IndexedField field, Compare compare)
    {
        var values = compare.Values.OfType<object>().ToList();
        var isNullable = values.Count < compare.Values.Length;
        if (isNullable)
        {
            sql.Add("(NOT EXISTS (SELECT 1 FROM \"ContentIndex\" AS n WHERE n.\"VersionId\" = ").Add(version).Add(" AND n.\"Key\" = ").Value(field.Key)
                .Add(" AND (n.\"Text\" IS NOT NULL OR n.\"Number\" IS NOT NULL OR n.\"Moment\" IS NOT NULL OR n.\"Flag\" IS NOT NULL))");
        }

        if (values.Count > 0)
        {
            if (isNullable) sql.Add(" OR ");
            sql.Add("EXISTS (SELECT 1 FROM \"ContentIndex\" AS e WHERE e.\"VersionId\" = ").Add(version).Add(" AND ");
            WriteEntry(sql, "e.", field, compare.Comparison, values);

            // No database makes a join of a condition with an offset.
            sql.Add(IsRowByRow ? " LIMIT 1 OFFSET 0)" : ")");
        }

        if (isNullable) sql.Add(")");
        else if (values.Count == 0) sql.Add("FALSE");
    }

    private static void WriteComparison(SqlText sql, string column, IndexColumn type, Comparison comparison, IReadOnlyList<object> values)
    {
        if (type == IndexColumn.Text && PatternOf(comparison, values[0]) is { } pattern)
        {
            WriteLike(sql, column, pattern);
            return;
        }

        sql.Add(type == IndexColumn.Text ? $"lower({column})" : column);
        if (comparison == Comparison.In) sql.IsAny([.. values.Select(value => Stored(type, value))]);
        else sql.Add(Sign(comparison)).Value(Stored(type, values[0]));
    }

    /// <summary>The condition that a text begins or ends with a part, or has it.</summary>
    public static void WritePart(SqlText sql, string column, Comparison comparison, object part) => WriteLike(sql, column, PatternOf(comparison, part)!);

    private static void WriteLike(SqlText sql, string column, string pattern) => sql.Add(column).Add(" ").Add(sql.Dialect.Like).Add(" ").Value(pattern).Add(" ESCAPE '\\'");

    public static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.GreaterThan => " > ",
        Comparison.GreaterOrEqual => " >= ",
        Comparison.LessThan => " < ",
        Comparison.LessOrEqual => " <= ",
        _ => throw new ArgumentException($"{comparison} applies to texts only."),
    };

    private static object Stored(IndexColumn type, object value) => type switch
    {
        IndexColumn.Number => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        IndexColumn.Moment => StoredMoment.Of((DateTime)value),
        IndexColumn.Flag => (bool)value,
        _ => Folded(value),
    };

    private static string Folded(object value) => string.Create($"{value}".Length, $"{value}", static (folded, given) =>
    {
        for (var i = 0; i < folded.Length; i++) folded[i] = char.IsAsciiLetterUpper(given[i]) ? (char)(given[i] | 0x20) : given[i];
    });

    private static string? PatternOf(Comparison comparison, object value) => comparison switch
    {
        Comparison.StartsWith => Literal(value) + "%",
        Comparison.EndsWith => "%" + Literal(value),
        Comparison.Contains => "%" + Literal(value) + "%",
        _ => null,
    };

    /// <summary>A pattern that only the text itself is like.</summary>
    private static string Literal(object value) => Folded(value).Replace(Escape, Escape + Escape, StringComparison.Ordinal)
        .Replace("%", Escape + "%", StringComparison.Ordinal).Replace("_", Escape + "_", StringComparison.Ordinal);
}
