using System.Data.Common;
using Cms.Platform.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Cms.Platform.Storage.Postgres;

/// <summary>Reads of a PostgreSQL database. The client keeps connections, and prepares on each of them the statements that it runs often.</summary>
internal sealed class PostgresReads(DatabaseOptions options) : SqlReads
{
    private readonly string _connection = PreparingConnection(options.ConnectionString);

    public override SqlDialect Dialect { get; } = new PostgresDialect();

    public override async Task PrepareAsync(CmsDbContext database, CancellationToken cancellationToken)
    {
        await database.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Dialect.PartsGoBy = await PartIndexes.EnsureAsync(database.Database.GetDbConnection(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await database.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The connection string, with statements that are run often prepared, unless it says how many.</summary>
    public static string PreparingConnection(string connection)
    {
        const int Statements = 60;
        var builder = new NpgsqlConnectionStringBuilder(connection);
        if (!builder.ContainsKey("Max Auto Prepare")) builder.MaxAutoPrepare = Statements;
        return builder.ToString();
    }

    protected override async Task<List<T>> ListAsync<T>(SqlText sql, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        SetText(command, sql.Text);
        for (var i = 0; i < sql.Values.Count; i++) command.Parameters.Add(Parameter(i, sql.Values[i]));
        return await ReadAsync(command, read, cancellationToken).ConfigureAwait(false);
    }

    protected override DbParameter Parameter(int place, object value) => new NpgsqlParameter { Value = value };
}
