using System.Globalization;
using Cms.Platform.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Cms.Platform.Queries;

/// <summary>
/// Runs stored SQL on SQLite through a connection that can't write. SQLite itself asks before it compiles a statement what
/// it may touch: only the contract's views, and tables only from inside them.
/// </summary>
public sealed class SqliteQueryRunner(StoragePaths paths, TimeProvider clock) : ISqlQueryRunner
{
    private static readonly HashSet<string> Views = new(ContractViews.Names, StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> TablesOfViews = new(StringComparer.OrdinalIgnoreCase) { "ContentVersions", "ContentIndex" };

    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "abs", "avg", "coalesce", "count", "date", "datetime", "group_concat", "ifnull", "iif", "instr", "length", "like", "lower", "ltrim",
        "max", "min", "nullif", "random", "replace", "round", "row_number", "rtrim", "substr", "substring", "sum", "time",
        "trim", "upper", "second", "minute", "hour", "day", "month", "year", "now",
    };

    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> RunAsync(
        string sql, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        var template = SqlTemplate.Bind(sql, parameters);
        var connectionString = new SqliteConnectionStringBuilder(paths.SqliteConnection) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        await using var connection = new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        AddDateFunctions(connection);
        var guard = Guard(connection, cancellationToken);
        try
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Stored queries are SQL by design; the connection can't write and reads only the contract's views.
            command.CommandText = template.Sql;
#pragma warning restore CA2100
            foreach (var (name, value) in template.Values) command.Parameters.AddWithValue("@" + name, Bound(value));
            return await QueryRows.ReadAsync(command, name => name, value => value, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException problem) when (problem.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw QueryRows.TooSlow(problem);
        }
        catch (InvalidOperationException problem)
        {
            throw new StoredQueryException($"A parameter of the query can't be bound: {problem.Message}", problem);
        }
        catch (SqliteException problem)
        {
            throw new StoredQueryException(guard.Refused ?? $"The database refused the query: {problem.Message}", problem);
        }
    }

    private static object Bound(object? value) => value switch
    {
        null => DBNull.Value,
        decimal number => (double)number,
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool or string or long or int or double => value,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private AccessGuard Guard(SqliteConnection connection, CancellationToken cancellationToken)
    {
        var guard = new AccessGuard();
        var deadline = clock.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, 10_000, _ => cancellationToken.IsCancellationRequested || clock.GetElapsedTime(deadline) > QueryRows.Timeout ? 1 : 0, null);
        raw.sqlite3_set_authorizer(connection.Handle, guard.Authorize, null);
        return guard;
    }

    private void AddDateFunctions(SqliteConnection connection)
    {
        foreach (var (name, part) in new (string, Func<DateTime, long>)[]
        {
            ("second", moment => moment.Second), ("minute", moment => moment.Minute), ("hour", moment => moment.Hour),
            ("day", moment => moment.Day), ("month", moment => moment.Month), ("year", moment => moment.Year),
        })
        {
            connection.CreateFunction(name, (string? text) => Core.Content.Iso8601.ParseMoment(text) is { } moment ? part(moment) : (long?)null);
        }

        connection.CreateFunction("now", () => clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
    }

    /// <summary>Answers SQLite's questions, and remembers what it refused for the message.</summary>
    private sealed class AccessGuard
    {
        private const int Recursive = 33;

        public string? Refused { get; private set; }

        public int Authorize(object user, int action, string? first, string? second, string? database, string? view) => action switch
        {
            raw.SQLITE_SELECT => raw.SQLITE_OK,
            raw.SQLITE_READ when IsAllowedRead(first, second, view) => raw.SQLITE_OK,
            raw.SQLITE_FUNCTION when Functions.Contains(second ?? "") => raw.SQLITE_OK,
            raw.SQLITE_FUNCTION => Refuse($"The function {second} is not allowed in a stored query."),
            raw.SQLITE_READ => Refuse($"A stored query may not read {first}; it may read {string.Join(", ", Views.Order())}."),
            Recursive => Refuse("Recursive queries are not allowed."),
            _ => Refuse("A stored query may only SELECT."),
        };

        // Once a view is folded into the query, SQLite asks for the tables behind it again, without naming a column.
        private static bool IsAllowedRead(string? table, string? column, string? view) =>
            Views.Contains(table ?? "") || Views.Contains(view ?? "") || (string.IsNullOrEmpty(column) && TablesOfViews.Contains(table ?? ""));

        private int Refuse(string reason)
        {
            Refused ??= reason;
            return raw.SQLITE_DENY;
        }
    }
}
