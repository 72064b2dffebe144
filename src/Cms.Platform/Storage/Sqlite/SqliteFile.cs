using System.Data.Common;
using System.Runtime.InteropServices;
using Cms.Platform.Upkeep;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>
/// Tells connections whose file was renamed, deleted or replaced. They would go on in the file that they opened, and what they write
/// there is lost when the last of them closes.
/// </summary>
internal static class SqliteFile
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED: compares the inode of the open file with that of the file at its path.</summary>
    private const int HasMoved = 20;

    public static bool IsMoved(SqliteConnection connection, string schema = "main") =>
        connection.Handle is { } handle && sqlite3_file_control(handle, schema, HasMoved, out var moved) == raw.SQLITE_OK && moved != 0;

    public static SqliteException Moved() =>
        new("The database file was taken away or replaced.", raw.SQLITE_READONLY, raw.SQLITE_READONLY_DBMOVED);

#pragma warning disable SYSLIB1054, CA2101 // The generated form needs unsafe code; the text is marshaled as SQLite wants it, in UTF-8.
    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int sqlite3_file_control(sqlite3 database, [MarshalAs(UnmanagedType.LPUTF8Str)] string schema, int operation, out int result);
#pragma warning restore SYSLIB1054, CA2101
}

/// <summary>Whether the database file was replaced, and how often the site went on with another one.</summary>
public sealed class SqliteFileState
{
    private int _generation;
    private volatile bool _isPending;

    /// <summary>Counts the files that the site went on with.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>A connection was found whose file isn't at the path any more. Nothing is committed until the site knows the file there.</summary>
    public bool IsPending => _isPending;

    public void Moved() => _isPending = true;

    /// <summary>The file at the path is the one that the site knows.</summary>
    public void Known() => _isPending = false;

    /// <summary>The site has read another file.</summary>
    public void Replaced()
    {
        Interlocked.Increment(ref _generation);
        _isPending = false;
    }
}

/// <summary>Opens pooled connections anew whose file was replaced, and commits nothing to a file that isn't at its path any more.</summary>
internal sealed class MovedFileGuard(SqliteFileState state) : DbConnectionInterceptor, IDbTransactionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (connection is not SqliteConnection sqlite || !SqliteFile.IsMoved(sqlite)) return;
        state.Moved();
        SqliteConnection.ClearPool(sqlite);
        sqlite.Close();
        sqlite.Open();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }

    public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        if (transaction.Connection is not SqliteConnection connection) return result;
        if (SqliteFile.IsMoved(connection)) state.Moved();
        return state.IsPending ? throw SqliteFile.Moved() : result;
    }

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        new(TransactionCommitting(transaction, eventData, result));
}

/// <summary>Finds out each second whether the database file was taken away or replaced, and has the site go on with the file at the path.</summary>
internal sealed class DatabaseFileWatch(
    StoragePaths paths, DatabaseOptions options, SqliteFileState state, IServiceScopeFactory scopes, KnownItems known, Outbox outbox, StorageHealth health,
    UpkeepServices upkeep, ILogger<DatabaseFileWatch> logger) : PeriodicWork(upkeep, logger)
{
    private SqliteConnection? _opened;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(1);

    protected override TimeSpan LongestPause => TimeSpan.FromSeconds(2);

    protected override bool IsWanted => options.Provider == DatabaseProvider.Sqlite;

    public override void Dispose()
    {
        _opened?.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        _opened ??= Open();
        if (!SqliteFile.IsMoved(_opened))
        {
            state.Known();
            return;
        }

        state.Moved();
        health.Report(StorageOutage.Moved, SqliteFile.Moved());
        var opened = Open();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<SiteDocuments>().LoadAsync(cancellationToken).ConfigureAwait(false);
            await outbox.RestartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await _opened.DisposeAsync().ConfigureAwait(false);
        _opened = opened;

        // Its rows may have the numbers and revisions of other ones in the file before.
        known.Clear();
        state.Replaced();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(paths.SqliteConnection) { Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
