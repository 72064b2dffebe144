using System.Linq.Expressions;
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
    /// <summary>Any number that nothing else in the database locks.</summary>
    private const long WriterLock = 0x434D_5357;

    protected override Task WaitForWritersAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({WriterLock})", cancellationToken);

    /// <summary>Makes the list of migrations in a new database; otherwise its absence would be logged as an error.</summary>
    internal override async Task PrepareMigrationAsync(CancellationToken cancellationToken)
    {
        if (await this.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken).ConfigureAwait(false))
            await this.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken).ConfigureAwait(false);
    }

    internal override Task FinishMigrationAsync(CancellationToken cancellationToken) => QueryRole.EnsureAsync(Database.GetDbConnection(), cancellationToken);

    internal override Expression<Func<string?, bool>> Like(string pattern) => value => EF.Functions.ILike(value!, pattern, "\\");

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
