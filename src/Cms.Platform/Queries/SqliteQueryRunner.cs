using System.Data;
using System.Text.RegularExpressions;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using SQLitePCL;

namespace Cms.Platform.Queries;

/// <summary>
/// Runs stored SQL on SQLite. What the query names is checked before (see <see cref="PortableSql"/>), and SQLite checks again, on
/// connections where nothing but the contract's views exists (see <see cref="SqliteQueryConnection"/>). They are kept open with
/// their statements prepared: opening one costs more than most queries.
/// </summary>
public sealed partial class SqliteQueryRunner(StoragePaths paths, IOptions<StoredQueryLimits> options, TimeProvider clock) : ISqlQueryRunner, IDisposable
{
    private readonly IdleConnections<SqliteQueryConnection> _idle = new();
    private readonly QueryCompiler _compiler = new(QueryDialect.Sqlite);
    private readonly StoredQueryLimits _limits = options.Value;

    public async Task<QueryRows> RunAsync(string sql, IReadOnlyDictionary<string, object?> parameters, int maxRows, CancellationToken cancellationToken)
    {
        var query = _compiler.Compile(sql);
        var values = query.Values(parameters).ToList();
        var connection = _idle.Take() ?? new SqliteQueryConnection(paths, _limits, clock);
        var isWhole = false;
        try
        {
            var rows = await RunAsync(connection, query, values, maxRows, cancellationToken).ConfigureAwait(false);
            isWhole = true;
            return rows;
        }
        finally
        {
            if (isWhole) _idle.Keep(connection);
            else connection.Dispose();
        }
    }

    public void Dispose()
    {
        _idle.Dispose();
        _compiler.Dispose();
    }

    private async Task<QueryRows> RunAsync(
        SqliteQueryConnection connection, CompiledQuery query, List<KeyValuePair<string, object?>> values, int maxRows, CancellationToken cancellationToken)
    {
        using var run = connection.Begin(cancellationToken);
        try
        {
            await using var reader = await connection.Command(query.Sql, values).ExecuteReaderAsync(CommandBehavior.SingleResult, cancellationToken).ConfigureAwait(false);
            return await new QueryRowReader(_limits, maxRows, query.OutputName, value => value).ReadAsync(reader, () => { }, cancellationToken).ConfigureAwait(false);
        }
        catch (SqliteException problem) when (Explain(problem, connection, run, cancellationToken) is { } explained)
        {
            throw explained;
        }
    }

    /// <summary>What was wrong with the query; null where it was not the query that was wrong.</summary>
    private Exception? Explain(SqliteException problem, SqliteQueryConnection connection, SqliteQueryRun run, CancellationToken cancellationToken) => problem.SqliteErrorCode switch
    {
        _ when connection.Refused is { } refused => new StoredQueryException(refused, problem),
        raw.SQLITE_INTERRUPT when cancellationToken.IsCancellationRequested => new OperationCanceledException("The query was cancelled.", problem, cancellationToken),
        raw.SQLITE_INTERRUPT => run.NeedsTooMuchMemory ? SqlProblems.TooMuchMemory(problem) : SqlProblems.TooSlow(_limits, problem),
        raw.SQLITE_NOMEM => SqlProblems.TooMuchMemory(problem),
        raw.SQLITE_TOOBIG => SqlProblems.TooLong(problem),
        raw.SQLITE_MISMATCH => SqlProblems.WrongKind(problem),
        raw.SQLITE_ERROR => OfText(problem),
        raw.SQLITE_AUTH or raw.SQLITE_READONLY => SqlProblems.NotReadable(problem),
        _ => null,
    };

    private static StoredQueryException OfText(SqliteException problem)
    {
        var match = Message().Match(problem.Message);
        return match switch
        {
            _ when match.Groups["column"] is { Success: true } column => SqlProblems.NoColumn(column.Value.Split('.')[^1], problem),
            _ when match.Groups["ambiguous"] is { Success: true } column => SqlProblems.AmbiguousColumn(column.Value, problem),
            _ when match.Groups["table"] is { Success: true } table => SqlProblems.NoTable(table.Value, problem),
            _ when match.Groups["near"] is { Success: true } near => SqlProblems.UnclearNear(near.Value, problem),
            _ when match.Groups["long"].Success => SqlProblems.TooLong(problem),
            _ => SqlProblems.Unclear(problem),
        };
    }

    [GeneratedRegex(@"no such column: (?<column>[^']+)|ambiguous column name: (?<ambiguous>[^']+)|no such table: (?<table>[^']+)|near ""(?<near>.+)"": syntax|(?<long>pattern too complex|A value that the query)")]
    private static partial Regex Message();
}
