using System.Globalization;

namespace Cms.Platform.Queries;

/// <summary>
/// A stored query in the contract's portable dialect (search contract, section 4), made anew for PostgreSQL word by word. Only
/// known keywords, functions and operators come through; every other word becomes a quoted name, and only the contract's
/// views and the query's own subqueries can be read from. So nothing that is not understood reaches the server.
/// </summary>
internal sealed class PortableSql
{
    private readonly IReadOnlyDictionary<string, string> _outputNames;

    private PortableSql(string sql, IReadOnlyDictionary<string, string> outputNames) => (Sql, _outputNames) = (sql, outputNames);

    /// <summary>The query for PostgreSQL.</summary>
    public string Sql { get; }

    /// <summary>What a column is called as the query was written.</summary>
    public string OutputName(string column) => _outputNames.GetValueOrDefault(column, column);

    /// <exception cref="StoredQueryException">The query is not one SELECT over the contract's views.</exception>
    public static PortableSql Parse(string sql)
    {
        var writer = new PortableSqlWriter(SqlToken.Split(sql), sql);
        return new PortableSql(writer.Write(), writer.OutputNames);
    }
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

/// <summary>What may stand in a stored query on PostgreSQL.</summary>
internal static class PortableWords
{
    public static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "SELECT", "DISTINCT", "ALL", "FROM", "WHERE", "GROUP", "BY", "HAVING", "ORDER", "ASC", "DESC", "NULLS", "LIMIT", "OFFSET", "UNION", "EXCEPT",
        "INTERSECT", "WITH", "AS", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "OUTER", "CROSS", "ON", "USING", "AND", "OR", "NOT", "IN", "IS", "NULL",
        "LIKE", "ESCAPE", "BETWEEN", "EXISTS", "CASE", "WHEN", "THEN", "ELSE", "END", "TRUE", "FALSE", "OVER", "PARTITION",
    };

    /// <summary>Functions as the query writes them, and as PostgreSQL knows them.</summary>
    public static readonly Dictionary<string, string> Functions = new[]
    {
        "abs", "avg", "coalesce", "count", "date", "datetime", "group_concat", "iif", "instr", "length", "lower", "ltrim", "max", "min", "nullif", "random",
        "replace", "round", "row_number", "rtrim", "substr", "substring", "sum", "time", "trim", "upper", "second", "minute", "hour", "day", "month",
        "year", "now",
    }.ToDictionary(name => name, StringComparer.OrdinalIgnoreCase).With("ifnull", "coalesce");

    public static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["INTEGER"] = "bigint",
        ["INT"] = "bigint",
        ["BIGINT"] = "bigint",
        ["REAL"] = "double precision",
        ["FLOAT"] = "double precision",
        ["DOUBLE"] = "double precision",
        ["NUMERIC"] = "numeric",
        ["DECIMAL"] = "numeric",
        ["TEXT"] = "text",
        ["VARCHAR"] = "text",
    };

    private static Dictionary<string, string> With(this Dictionary<string, string> functions, string name, string target)
    {
        functions[name] = target;
        return functions;
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
