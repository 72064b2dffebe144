using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;
using SQLitePCL;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>The database on SQLite.</summary>
public sealed class SqliteCmsDbContext(DbContextOptions<SqliteCmsDbContext> options) : CmsDbContext(options)
{
    /// <summary>How long a write waits for SQLite's lock.</summary>
    private const int LockSeconds = 5;

    /// <summary>The queues of this process's writers, by database file.</summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Queues = new(StringComparer.Ordinal);

    // A transaction begins with SQLite's lock for writing, and so has waited already.
    protected override Task WaitForWritersAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// The site's own writers wait in a queue, however long. SQLite's lock is waited for by the first of them alone, so that whoever
    /// keeps it locked for longer is another process, or a short write beside the queue.
    /// </summary>
    public override async Task<IDbContextTransaction> BeginWriteAsync(CancellationToken cancellationToken)
    {
        var queue = Queues.GetOrAdd(File, static _ => new SemaphoreSlim(1, 1));
        await queue.WaitAsync(cancellationToken).ConfigureAwait(false);
        var connection = (SqliteConnection)Database.GetDbConnection();
        var usual = connection.DefaultTimeout;
        try
        {
            connection.DefaultTimeout = LockSeconds;
            return new QueuedTransaction(await base.BeginWriteAsync(cancellationToken).ConfigureAwait(false), queue);
        }
        catch
        {
            queue.Release();
            throw;
        }
        finally
        {
            connection.DefaultTimeout = usual;
        }
    }

    private string File => new SqliteConnectionStringBuilder(Database.GetConnectionString()).DataSource;

    /// <remarks>An empty file is an empty database. Nothing else makes one: a running site whose file was taken away must not begin anew.</remarks>
    internal override async Task CreateIfMissingAsync(CancellationToken cancellationToken)
    {
        await using var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    internal override Task<IAsyncDisposable> LockStartAsync(Action waiting, CancellationToken cancellationToken) =>
        StartLock.TakeAsync(Path.GetDirectoryName(File)!, waiting, cancellationToken);

    internal override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // EF Core's own lock is a row that a killed process leaves behind, and for which it waits without end. Whoever is here holds the
        // lock of the start, so that the row is nobody's.
        await Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken).ConfigureAwait(false);
        await Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override Task PrepareAsync(CancellationToken cancellationToken) => Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken);

    internal override DatabaseProblem Diagnose(Exception exception) => (exception as SqliteException ?? exception.InnerException as SqliteException) switch
    {
        { SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY } => DatabaseProblem.Duplicate,

        // Whoever gets plain SQLITE_BUSY has waited for the lock already.
        { SqliteExtendedErrorCode: raw.SQLITE_BUSY_SNAPSHOT } or { SqliteErrorCode: raw.SQLITE_LOCKED } => DatabaseProblem.Busy,
        _ => DatabaseProblem.Other,
    };
}

/// <summary>A transaction that lets the next writer of the queue in when it is disposed.</summary>
internal sealed class QueuedTransaction(IDbContextTransaction inner, SemaphoreSlim queue) : IDbContextTransaction
{
    private int _isLeft;

    public Guid TransactionId => inner.TransactionId;

    public void Commit()
    {
        inner.Commit();
        Leave();
    }

    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await inner.CommitAsync(cancellationToken).ConfigureAwait(false);
        Leave();
    }

    public void Rollback()
    {
        inner.Rollback();
        Leave();
    }

    public async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        await inner.RollbackAsync(cancellationToken).ConfigureAwait(false);
        Leave();
    }

    public void Dispose()
    {
        try
        {
            inner.Dispose();
        }
        finally
        {
            Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await inner.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 0) queue.Release();
    }
}

/// <summary>Used by the tool that writes migrations; nothing of the site runs.</summary>
internal sealed class SqliteCmsDbContextFactory : IDesignTimeDbContextFactory<SqliteCmsDbContext>
{
    public SqliteCmsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCmsDbContext>().UseSqlite("Data Source=design-time.db").UseApplicationServiceProvider(ModuleTables.ForDesign()).Options);
}
