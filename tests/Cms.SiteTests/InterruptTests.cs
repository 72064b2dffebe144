using Cms.Platform.Storage;
using Cms.Platform.Storage.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cms.SiteTests;

public sealed class SqliteInterruptTests(Site site) : InterruptTests(site);

public sealed class PostgresInterruptTests(PostgresSite site) : InterruptTests(site.OrSkip());

/// <summary>Statements that nobody waits for any longer. They count without end, so that a test would not end either if nothing stopped them.</summary>
public abstract class InterruptTests(Site site)
{
    private const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) AS \"Value\" FROM n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_the_context_is_stopped_while_it_runs()
    {
        await using var scope = site.NewScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        await IsStoppedAsync(token => database.Database.SqlQueryRaw<long>(Endless).ToListAsync(token));

        // The connection is good for others.
        (await database.Documents.CountAsync(Cancel)).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task One_that_reads_content_is_stopped_while_it_runs()
    {
        await using var scope = site.NewScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        var reads = site.Services.GetRequiredService<SqlReads>();
        await IsStoppedAsync(token => reads.ListAsync(database, new SqlText(reads.Dialect).Add(Endless), row => row.GetInt64(0), token));
        (await reads.ListAsync(database, new SqlText(reads.Dialect).Add("SELECT 7"), row => row.GetInt32(0), Cancel)).ShouldBe([7]);
    }

    private async Task IsStoppedAsync(Func<CancellationToken, Task> run)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        given.CancelAfter(TimeSpan.FromMilliseconds(200));
        var problem = await Should.ThrowAsync<Exception>(() => run(given.Token));
        (problem is OperationCanceledException or Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_INTERRUPT }).ShouldBeTrue(problem.ToString());
        if (site.Database is not null) await NothingRunsAsync(site.Database);
    }

    /// <summary>On SQLite the statement runs within the call; on PostgreSQL the server could go on with it.</summary>
    internal static async Task NothingRunsAsync(PostgresDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%RECURSIVE%'";
        await Search.SearchSite.EventuallyAsync(async () => (long)(await command.ExecuteScalarAsync(Cancel))! == 0);
    }
}
