using System.Globalization;

namespace Cms.Platform.Queries;

/// <summary>
/// A stored query in the contract's portable dialect (search contract, section 4), made anew for the database word by word. Only
/// known keywords, functions and operators come through; every other word becomes a quoted name, and only the contract's
/// views and the query's own subqueries can be read from. So nothing that is not understood reaches the database, and a query
/// means the same on each.
/// </summary>
internal sealed class PortableSql
{
    private readonly Dictionary<string, string> _outputNames;
    private readonly HashSet<string> _rowNumbers;

    private PortableSql(string sql, PortableSqlWriter writer) => (Sql, _outputNames, _rowNumbers) = (sql, writer.OutputNames, writer.RowNumbers);

    /// <summary>The query for the database.</summary>
    public string Sql { get; }

    /// <summary>What a column is called as the query was written.</summary>
    public string OutputName(string column) => _outputNames.GetValueOrDefault(column, column);

    /// <summary>Whether the parameter stands behind LIMIT or OFFSET.</summary>
    public bool IsNumberOfRows(string parameter) => _rowNumbers.Contains(parameter);

    /// <exception cref="StoredQueryException">The query is not one SELECT over the contract's views.</exception>
    public static PortableSql Parse(string sql, QueryDialect dialect)
    {
        if (sql.Length > MaxLength) throw new StoredQueryException($"The query has more than {MaxLength} characters.");
        if (sql.Contains('\0', StringComparison.Ordinal)) throw new StoredQueryException("The character U+0000 can't stand in a stored query.");
        var writer = new PortableSqlWriter(SqlToken.Split(sql), sql, dialect);
        return new PortableSql(writer.Write(), writer);
    }

    /// <summary>Longer queries are refused, in characters.</summary>
    private const int MaxLength = 100_000;
}

/// <summary>One level of parentheses, and where in its SELECT the writer is.</summary>
internal sealed class SqlLevel(SqlLevelKind kind)
{
    public SqlLevelKind Kind { get; } = kind;

    public SqlClause Clause { get; set; }

    /// <summary>The next name is one that is read from.</summary>
    public bool ExpectsTable { get; set; }

    public bool IsSelect { get; set; }

    /// <summary>The parentheses stand where a table could.</summary>
    public bool IsTable { get; init; }

    public bool IsDescending { get; set; }

    public bool HasNulls { get; set; }

    /// <summary>The index of the token with which the current item of the list began.</summary>
    public int ItemStart { get; set; }

    public bool HasAlias { get; set; }

    /// <summary>Names that stand on the level itself.</summary>
    public int Names { get; set; }

    /// <summary>The weight of the heaviest subquery within.</summary>
    public long Inner { get; set; } = 1;

    /// <summary>How many expressions the level comes to at most.</summary>
    public long Weight => Math.Max(1, Names) * Inner;
}

internal enum SqlLevelKind
{
    Plain,
    Function,
    Cast,
}

internal enum SqlClause
{
    None,
    With,
    Select,
    From,
    Other,
    OrderBy,
}

/// <summary>What may stand in a stored query.</summary>
internal static class PortableWords
{
    public static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "DISTINCT", "ALL", "FROM", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "ASC", "DESC", "NULLS", "LIMIT", "OFFSET", "UNION", "EXCEPT",
        "INTERSECT", "WITH", "AS", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "ON", "USING", "AND", "OR", "NOT", "IN", "IS", "NULL",
        "LIKE", "ESCAPE", "BETWEEN", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "END", "TRUE", "FALSE", "OVER", "PARTITION",
    };

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
