using System.Collections.Frozen;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Postgres;

namespace Cms.Platform.Queries;

/// <summary>What a database wants otherwise than the contract's dialect has it.</summary>
internal sealed record QueryDialect
{
    private static readonly string[] CommonFunctions =
    [
        "abs", "avg", "coalesce", "count", "date", "datetime", "group_concat", "iif", "instr", "length", "lower", "ltrim", "max", "min", "nullif", "random",
        "replace", "round", "row_number", "rtrim", "substr", "substring", "sum", "time", "trim", "upper", "second", "minute", "hour", "day", "month",
        "year", "now",
    ];

    private static readonly FrozenSet<string> Views = ContractViews.Names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static QueryDialect Sqlite { get; } = new()
    {
        Functions = FunctionsWith(("ifnull", "ifnull")),
        Types = TypesOf("INTEGER", "REAL", "NUMERIC", "TEXT"),
        Like = "LIKE",
    };

    public static QueryDialect Postgres { get; } = new()
    {

        // Not trim and substring: the server reads those in ways of its own.
        Functions = FunctionsWith(("ifnull", "coalesce"), ("trim", "btrim"), ("substring", "substr")),
        Types = TypesOf("bigint", "double precision", "numeric", "text"),
        Like = "ILIKE",
        Schema = $"{ContractSchema.Name}.",
        OrdersNulls = true,
        NamesSubqueries = true,
    };

    /// <summary>The names of the views that a query may read, as a list for messages.</summary>
    public static string Readable { get; } = string.Join(", ", ContractViews.Names.Order());

    /// <summary>Functions as a query writes them, and as the database knows them.</summary>
    public required FrozenDictionary<string, string> Functions { get; init; }

    /// <summary>Types of CAST as a query writes them, and as the database knows them.</summary>
    public required FrozenDictionary<string, string> Types { get; init; }

    /// <summary>The word that compares texts without the case of ASCII letters.</summary>
    public required string Like { get; init; }

    /// <summary>What stands before the name of a view.</summary>
    public string Schema { get; init; } = "";

    /// <summary>The database sorts what has no value at the other end, unless it is told.</summary>
    public bool OrdersNulls { get; init; }

    /// <summary>The database wants a name for each subquery that is read from.</summary>
    public bool NamesSubqueries { get; init; }

    public static bool IsView(string name) => Views.Contains(name);

    private static FrozenDictionary<string, string> FunctionsWith(params (string Name, string Known)[] renamed)
    {
        var functions = CommonFunctions.ToDictionary(name => name, name => name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, known) in renamed) functions[name] = known;
        return functions.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static FrozenDictionary<string, string> TypesOf(string whole, string real, string exact, string text) => new Dictionary<string, string>
    {
        ["INTEGER"] = whole,
        ["INT"] = whole,
        ["BIGINT"] = whole,
        ["REAL"] = real,
        ["FLOAT"] = real,
        ["DOUBLE"] = real,
        ["NUMERIC"] = exact,
        ["DECIMAL"] = exact,
        ["TEXT"] = text,
        ["VARCHAR"] = text,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
}
