using System.Globalization;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.Platform.Queries;

/// <summary>A stored query as the database gets it, and what its parameters must be.</summary>
internal sealed class CompiledQuery(SqlTemplate template, PortableSql portable)
{
    public string Sql => portable.Sql;

    /// <summary>What a column is called as the query was written.</summary>
    public string OutputName(string column) => portable.OutputName(column);

    /// <summary>The value of each parameter, ready to be bound: null, text, flag, whole number or real number.</summary>
    /// <exception cref="StoredQueryException">A parameter is missing, or not what it must be.</exception>
    public IEnumerable<KeyValuePair<string, object?>> Values(IReadOnlyDictionary<string, object?> parameters) =>
        template.Values(parameters).Select(parameter => KeyValuePair.Create(
            parameter.Key, portable.IsNumberOfRows(parameter.Key) ? NumberOfRows(parameter.Key, parameter.Value) : Plain(parameter.Value)));

    private static long NumberOfRows(string name, object? value)
    {
        if (SqlTemplate.Number(value) is { } number and >= 0 && decimal.Truncate(number) == number) return (long)Math.Min(number, int.MaxValue);
        throw name.StartsWith(SqlOutputs.ParameterPrefix, StringComparison.Ordinal) ? SqlProblems.NotANumberOfRows(null)
            : new StoredQueryException($"The parameter {name} must be a whole number that is not negative.");
    }

    private static object? Plain(object? value) => value switch
    {
        null or bool or string or long or double => value,
        int number => (long)number,
        decimal number when decimal.Truncate(number) == number && Math.Abs(number) < long.MaxValue => (long)number,
        decimal number => (double)number,
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

/// <summary>Compiles stored queries, and remembers them by their text.</summary>
internal sealed class QueryCompiler(QueryDialect dialect) : IDisposable
{
    /// <summary>Characters of the queries that are remembered.</summary>
    private const int MaxRemembered = 1024 * 1024;

    private readonly MemoryCache _queries = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    /// <exception cref="StoredQueryException">The query is not one SELECT over the contract's views.</exception>
    public CompiledQuery Compile(string sql)
    {
        if (_queries.TryGetValue(sql, out CompiledQuery? known)) return known!;
        var template = SqlTemplate.Parse(sql);
        return _queries.Set(sql, new CompiledQuery(template, PortableSql.Parse(template.Sql, dialect)), new MemoryCacheEntryOptions { Size = sql.Length });
    }

    public void Dispose() => _queries.Dispose();
}
