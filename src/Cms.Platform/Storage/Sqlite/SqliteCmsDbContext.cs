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

    internal override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
        await Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancellationToken).ConfigureAwait(false);
    }

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
