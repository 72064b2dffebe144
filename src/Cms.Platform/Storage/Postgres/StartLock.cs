using Npgsql;

namespace Cms.Platform.Storage.Postgres;

/// <summary>
/// Lets one process at a time start on a database: an advisory lock of a connection of its own, which the server releases when the
/// connection ends, however the process does.
/// </summary>
internal static class StartLock
{
    /// <summary>A number that nothing else in the database locks.</summary>
    private const long Number = 0x434D_534D;

    public static async Task<IAsyncDisposable> TakeAsync(string connectionString, Action waiting, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, MaxAutoPrepare = 0 }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            if (!await AskAsync(connection, "SELECT pg_try_advisory_lock($1)", cancellationToken).ConfigureAwait(false))
            {
                waiting();
                await AskAsync(connection, "SELECT pg_advisory_lock($1) IS NOT NULL", cancellationToken).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of two constants.
        command.CommandText = sql;
#pragma warning restore CA2100

        // Another process may set a whole site up.
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter { Value = Number });
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
