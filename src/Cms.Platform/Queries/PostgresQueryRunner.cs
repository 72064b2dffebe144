using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Postgres;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Cms.Platform.Queries;

/// <summary>
/// Runs stored SQL on PostgreSQL in a transaction that can't write. What the query names is checked before (see
/// <see cref="PortableSql"/>), and the server checks again, as a role that may read the contract's views only. Without that
/// role nothing runs.
/// </summary>
public sealed partial class PostgresQueryRunner(DatabaseOptions database, IOptions<StoredQueryLimits> options) : ISqlQueryRunner, IDisposable
{
    private readonly string _connection = PostgresReads.PreparingConnection(database.ConnectionString);
    private readonly QueryCompiler _compiler = new(QueryDialect.Postgres);
    private readonly StoredQueryLimits _limits = options.Value;
    private string? _session;

    public async Task<QueryRows> RunAsync(string sql, IReadOnlyDictionary<string, object?> parameters, int maxRows, CancellationToken cancellationToken)
    {
        var query = _compiler.Compile(sql);
        var values = query.Values(parameters).ToList();
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        _session ??= await SessionAsync(connection, cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlBatchCommand();
        try
        {
            await using var batch = new NpgsqlBatch(connection, transaction) { Timeout = _limits.TimeoutSeconds + 2 };
            SetText(command, query.Sql);
            foreach (var (name, value) in values) command.Parameters.Add(Bound(name, value));
            batch.BatchCommands.Add(Restriction());
            batch.BatchCommands.Add(command);
            await using var reader = await batch.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            return await new QueryRowReader(_limits, maxRows, query.OutputName, Plain).ReadAsync(reader, batch.Cancel, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException problem) when (Explain(problem, query.Sql, cancellationToken) is { } explained)
        {
            throw explained;
        }
        catch (InvalidCastException problem)
        {
            throw new StoredQueryException("The query returns something that is neither text nor number nor date nor flag.", problem);
        }
    }

    public void Dispose() => _compiler.Dispose();

    /// <summary>The statement that holds a transaction to its limits, which sends each setting as text in one round trip with the query.</summary>
    private NpgsqlBatchCommand Restriction()
    {
        var command = new NpgsqlBatchCommand();
        SetText(command, _session!);
        return command;
    }

    private async Task<string> SessionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = QueryRole.IsUsable;
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true) throw new StoredQueryException(QueryRole.Missing);
        command.CommandText = QueryRole.MayLimitFiles;
        var limitsFiles = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        return QueryRole.Restriction(_limits.Timeout, _limits.MaxMemoryBytes, limitsFiles);
    }

    /// <summary>A parameter of no type: it takes that of what it is compared with, as on SQLite.</summary>
    private static NpgsqlParameter Bound(string name, object? value) => new(name, NpgsqlDbType.Unknown)
    {
        Value = value switch
        {
            null => DBNull.Value,
            bool flag => flag ? "true" : "false",
            _ => StorableTexts.Of(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
        },
    };

    /// <summary>The value as SQLite gives it.</summary>
    private static object Plain(object value) => value switch
    {
        bool flag => flag ? 1L : 0L,
        short or int => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        float number => (double)number,
        decimal { Scale: 0 } number when number is >= long.MinValue and <= long.MaxValue => (long)number,
        decimal number => (double)number,
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        string or long or double => value,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>What was wrong with the query; null where it was not the query that was wrong.</summary>
    private Exception? Explain(NpgsqlException problem, string sql, CancellationToken cancellationToken)
    {
        if (problem is not PostgresException { SqlState: var state } answer) return problem.InnerException is TimeoutException ? SqlProblems.TooSlow(_limits, problem) : null;
        return state switch
        {
            PostgresErrorCodes.QueryCanceled when cancellationToken.IsCancellationRequested => new OperationCanceledException("The query was cancelled.", problem, cancellationToken),
            PostgresErrorCodes.QueryCanceled => SqlProblems.TooSlow(_limits, problem),
            PostgresErrorCodes.UndefinedColumn => SqlProblems.NoColumn(At(answer, sql), problem),
            PostgresErrorCodes.AmbiguousColumn => SqlProblems.AmbiguousColumn(At(answer, sql), problem),
            PostgresErrorCodes.UndefinedTable => SqlProblems.NoTable(At(answer, sql), problem),
            PostgresErrorCodes.SyntaxError => SqlProblems.UnclearNear(At(answer, sql), problem),
            PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.ReadOnlySqlTransaction => SqlProblems.NotReadable(problem),
            PostgresErrorCodes.DivisionByZero => SqlProblems.DivisionByZero(problem),
            PostgresErrorCodes.InvalidRowCountInLimitClause or PostgresErrorCodes.InvalidRowCountInResultOffsetClause => SqlProblems.NotANumberOfRows(problem),
            PostgresErrorCodes.StringDataRightTruncation or ['5', '4', ..] => SqlProblems.TooLong(problem),
            PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.CannotCoerce or ['2', '2', ..] => SqlProblems.WrongKind(problem),
            PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.ConfigurationLimitExceeded => SqlProblems.TooMuchMemory(problem),
            ['4', '2', ..] => SqlProblems.Unclear(problem),
            _ => null,
        };
    }

    /// <summary>The word that the server points to.</summary>
    private static string At(PostgresException problem, string sql) =>
        problem.Position > 0 && problem.Position <= sql.Length ? Word().Match(sql, problem.Position - 1).Value.Split('.')[^1].Trim() : "";

    private static void SetText(NpgsqlBatchCommand command, string sql)
    {
#pragma warning disable CA2100 // Made of constants, or from checked words by PortableSql; values are bound.
        command.CommandText = sql;
#pragma warning restore CA2100
    }

    [GeneratedRegex("""\G(?:(?:"[^"]*"|\w+)(?: ?\. ?(?:"[^"]*"|\w+))*|\S)""")]
    private static partial Regex Word();
}
