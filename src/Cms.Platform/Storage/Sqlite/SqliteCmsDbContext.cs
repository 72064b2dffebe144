using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using SQLitePCL;

namespace Cms.Platform.Storage.Sqlite;

/// <summary>The database on SQLite.</summary>
public sealed class SqliteCmsDbContext(DbContextOptions<SqliteCmsDbContext> options) : CmsDbContext(options)
{
    // A transaction begins with SQLite's lock for writing, and so has waited already.
    protected override Task WaitForWritersAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
        { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } => DatabaseProblem.Busy,
        _ => DatabaseProblem.Other,
    };
}

/// <summary>Used by the tool that writes migrations; nothing of the site runs.</summary>
internal sealed class SqliteCmsDbContextFactory : IDesignTimeDbContextFactory<SqliteCmsDbContext>
{
    public SqliteCmsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteCmsDbContext>().UseSqlite("Data Source=design-time.db").UseApplicationServiceProvider(ModuleTables.ForDesign()).Options);
}
