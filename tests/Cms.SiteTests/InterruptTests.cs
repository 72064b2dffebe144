using Cms.Platform.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class InterruptTests(Site site)
{
    /// <summary>The statement counts without end, so that the test would not end either if nothing stopped it.</summary>
    [Fact]
    public async Task A_statement_that_nobody_waits_for_is_stopped_while_it_runs()
    {
        await using var scope = site.NewScope();
        var database = scope.ServiceProvider.GetRequiredService<SqliteCmsDbContext>();
        using var given = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        given.CancelAfter(TimeSpan.FromMilliseconds(100));
        var problem = await Should.ThrowAsync<Exception>(async () => await database.Database
            .SqlQueryRaw<long>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS \"Value\" FROM n").ToListAsync(given.Token));
        (problem is OperationCanceledException or SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_INTERRUPT }).ShouldBeTrue(problem.ToString());

        // The connection is good for others.
        (await database.Documents.CountAsync(TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
    }
}
