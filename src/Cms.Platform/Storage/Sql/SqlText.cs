using System.Globalization;
using System.Text;

namespace Cms.Platform.Storage.Sql;

/// <summary>
/// A statement while it is written. Texts of one shape are equal, whatever the values, so that the database prepares them once.
/// </summary>
internal sealed class SqlText(SqlDialect dialect)
{
    private readonly StringBuilder _text = new(1024);
    private readonly List<object> _values = [];

    public SqlDialect Dialect => dialect;

    public string Text => _text.ToString();

    /// <summary>The values of $1, $2 and so on.</summary>
    public IReadOnlyList<object> Values => _values;

    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    /// <summary>A parameter with the value, which is never part of the text.</summary>
    public SqlText Value(object value)
    {
        _values.Add(value is string text ? StorableTexts.Of(text) : value);
        _text.Append('$').Append(CultureInfo.InvariantCulture, $"{_values.Count}");
        return this;
    }

    /// <summary>Whether what stands before equals any of the values.</summary>
    public SqlText IsAny(IReadOnlyList<object> values)
    {
        if (values.Count == 1) return Add(" = ").Value(values[0]);
        if (values.Count > MaxListed && values[0] is string or long) return dialect.IsAny(this, values);
        Add(" IN (");
        for (var i = 0; i < values.Count; i++) (i == 0 ? this : Add(", ")).Value(values[i]);
        return Add(")");
    }

    /// <summary>More values come as one parameter: a text for each number of values would be another statement to prepare.</summary>
    private const int MaxListed = 8;
}

/// <summary>Where the databases' words differ.</summary>
internal abstract class SqlDialect
{
    /// <summary>Whether a text is like a pattern, without the case of ASCII letters.</summary>
    public abstract string Like { get; }

    /// <summary>
    /// Whether a query that wants the first few rows of an index must ask for its order, lest the database reads the whole table.
    /// One that does not is better not asked: it would sort all rows.
    /// </summary>
    public abstract bool IsSteeredByOrder { get; }

    /// <summary>
    /// The characters that the indexes of parts of texts go by; null where the database has no such indexes, or is not known to
    /// (see <see cref="SqlReads.PrepareAsync"/>).
    /// </summary>
    public Func<char, bool>? PartsGoBy { get; set; }

    /// <summary>Selects the column "Id" of the texts that look as if they had a part, in whatever order.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="index">The index that finds them.</param>
    /// <param name="part">A part with three characters in a row that the index goes by.</param>
    public abstract SqlText Alike(SqlText sql, PartIndex index, string part);

    /// <summary>Whether what stands before equals any of the texts or whole numbers, which are one parameter.</summary>
    public abstract SqlText IsAny(SqlText sql, IReadOnlyList<object> values);

    /// <summary>All values of a column of whole numbers as one text, with commas between.</summary>
    public abstract string Joined(string column);

    /// <summary>The rows whose columns "Id" are the ids, named <c>v</c>, found by their key.</summary>
    public abstract SqlText FromVersions(SqlText sql, IReadOnlyList<long> ids);
}
