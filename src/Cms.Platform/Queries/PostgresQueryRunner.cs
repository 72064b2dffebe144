using System.Globalization;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Cms.Platform.Queries;

/// <summary>
/// Runs stored SQL on PostgreSQL in a transaction that can't write. What the query names is checked before (see
/// <see cref="PortableSql"/>), and the server checks again, as a role that may read the contract's views only, where the site's user
/// may make one.
/// </summary>
public sealed class PostgresQueryRunner(DatabaseOptions database) : ISqlQueryRunner
{
    private bool? _hasRole;

    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> RunAsync(
        string sql, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        var template = SqlTemplate.Bind(sql, parameters);
        var portable = PortableSql.Parse(template.Sql);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RestrictAsync(connection, cancellationToken).ConfigureAwait(false);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made anew from checked words by PortableSql; values are bound.
            command.CommandText = portable.Sql;
#pragma warning restore CA2100
            foreach (var (name, value) in template.Values) command.Parameters.Add(Bound(name, value));
            return await QueryRows.ReadAsync(command, portable.OutputName, Plain, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw QueryRows.TooSlow(problem);
        }
        catch (PostgresException problem)
        {
            throw new StoredQueryException($"The database refused the query: {problem.MessageText}", problem);
        }
        catch (InvalidCastException problem)
        {
            throw new StoredQueryException("The query returns something that is neither text nor number nor date nor flag.", problem);
        }
    }

    private async Task RestrictAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        if (_hasRole is null)
        {
            command.CommandText = QueryRole.IsUsable;
            _hasRole = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        }

        var role = _hasRole.Value ? $"; SET LOCAL ROLE {QueryRole.Name}" : "";
        var milliseconds = ((int)QueryRows.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
#pragma warning disable CA2100 // Made of constants.
        command.CommandText = $"SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = {milliseconds}; SET LOCAL TimeZone = 'UTC'; "
            + $"SET LOCAL search_path = {ContractSchema.Name}, pg_catalog{role}";
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A parameter of no type: it takes that of what it is compared with, as on SQLite.</summary>
    private static NpgsqlParameter Bound(string name, object? value) => new(name, NpgsqlDbType.Unknown)
    {
        Value = value switch
        {
            null => DBNull.Value,
            bool flag => flag ? "true" : "false",
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
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
}
