using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Cms.Platform.Storage.Postgres;

/// <summary>The database on PostgreSQL, made to compare and sort as SQLite does.</summary>
public sealed class PostgresCmsDbContext(DbContextOptions<PostgresCmsDbContext> options) : CmsDbContext(options)
{
    /// <summary>A number that nothing else in the database locks.</summary>
    private const long WriterLock = 0x434D_5357;

    protected override Task WaitForWritersAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({WriterLock})", cancellationToken);

    internal override async Task CreateIfMissingAsync(CancellationToken cancellationToken)
    {
        var creator = this.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync(cancellationToken).ConfigureAwait(false)) return;
        try
        {
            await creator.CreateAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException problem) when (problem.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another process was faster.
        }
    }

    internal override Task<IAsyncDisposable> LockStartAsync(Action waiting, CancellationToken cancellationToken) =>
        StartLock.TakeAsync(Database.GetConnectionString()!, waiting, cancellationToken);

    internal override async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // In a new database the absence of this table would be logged as an error.
        await this.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken).ConfigureAwait(false);
        await Database.MigrateAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await ContractSchema.EnsureAsync(Database.GetDbConnection(), cancellationToken).ConfigureAwait(false);
            await QueryRole.EnsureAsync(Database.GetDbConnection(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    internal override DatabaseProblem Diagnose(Exception exception) => (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.UniqueViolation => DatabaseProblem.Duplicate,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.LockNotAvailable => DatabaseProblem.Busy,
        _ => DatabaseProblem.Other,
    };

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);

        // Texts compare by the numbers of their characters, whatever language the server speaks; "C" folds the case of ASCII letters only.
        configurationBuilder.Properties<string>().UseCollation("C");
    }
}

/// <summary>Used by the tool that writes migrations; nothing of the site runs.</summary>
internal sealed class PostgresCmsDbContextFactory : IDesignTimeDbContextFactory<PostgresCmsDbContext>
{
    public PostgresCmsDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresCmsDbContext>().UseNpgsql("Host=design-time").UseApplicationServiceProvider(ModuleTables.ForDesign()).Options);
}
