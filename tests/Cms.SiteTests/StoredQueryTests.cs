using Cms.Platform.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteStoredQueryTests(Site site) : StoredQueryTests(site);

public sealed class PostgresStoredQueryTests(PostgresSite site) : StoredQueryTests(site.OrSkip());

public abstract class StoredQueryTests(Site site)
{
    private async Task<int> RunAsync(string sql)
    {
        await using var scope = site.NewScope();
        var rows = await scope.ServiceProvider.GetRequiredService<ISqlQueryRunner>()
            .RunAsync(sql, new Dictionary<string, object?>(), TestContext.Current.CancellationToken);
        return rows.Count;
    }

    [Theory]
    [InlineData("SELECT DocumentId FROM ContentItemIndex WHERE Published = true AND ContentType = @type:NewsPost LIMIT 3")]
    [InlineData("SELECT count(*) AS Number FROM TextFieldIndex")]
    [InlineData("SELECT c.DocumentId FROM ContentItemIndex c JOIN LocalizedContentItemIndex l ON l.DocumentId = c.DocumentId WHERE l.Culture = 'sr-latn'")]
    [InlineData("SELECT Path FROM AutoroutePartIndex UNION SELECT Alias FROM AliasPartIndex")]
    [InlineData("SELECT year(CreatedUtc) AS Y, count(*) FROM ContentItemIndex GROUP BY year(CreatedUtc)")]
    [InlineData("SELECT DocumentId FROM DateTimeFieldIndex WHERE DateTime > now()")]
    [InlineData("SELECT DocumentId FROM (SELECT DocumentId FROM ContentItemIndex ORDER BY CreatedUtc DESC) LIMIT 1 OFFSET 1")]
    public async Task Queries_over_the_contracts_views_run(string sql) => (await RunAsync(sql)).ShouldBeGreaterThanOrEqualTo(0);

    [Theory]
    [InlineData("SELECT * FROM AspNetUsers")]
    [InlineData("SELECT PasswordHash FROM aspnetusers")]
    [InlineData("SELECT Content FROM ContentVersions")]
    [InlineData("SELECT count(*) FROM AspNetUsers")]
    [InlineData("SELECT 1 FROM AspNetUsers")]
    [InlineData("SELECT Json FROM Documents")]
    [InlineData("SELECT sql FROM sqlite_master")]
    [InlineData("SELECT name FROM pragma_table_info('AspNetUsers')")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex UNION SELECT PasswordHash FROM AspNetUsers")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex WHERE Owner = (SELECT Id FROM AspNetUsers LIMIT 1)")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex WHERE EXISTS (SELECT 1 FROM main.AspNetUsers)")]
    [InlineData("WITH x AS (SELECT * FROM AspNetUsers) SELECT * FROM x")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")]
    [InlineData("DELETE FROM ContentVersions")]
    [InlineData("UPDATE ContentItemIndex SET Published = 1")]
    [InlineData("INSERT INTO Documents VALUES ('a', 'b', 1)")]
    [InlineData("DROP VIEW ContentItemIndex")]
    [InlineData("CREATE TEMP TABLE t AS SELECT 1")]
    [InlineData("PRAGMA table_list")]
    [InlineData("PRAGMA query_only = 0")]
    [InlineData("ATTACH DATABASE '/tmp/x.db' AS x")]
    [InlineData("SELECT load_extension('x')")]
    [InlineData("SELECT readfile('/etc/passwd')")]
    [InlineData("SELECT randomblob(1000000000)")]
    [InlineData("SELECT 1; DELETE FROM ContentVersions")]
    [InlineData("BEGIN; SELECT 1")]
    [InlineData("VACUUM INTO '/tmp/copy.db'")]
    [InlineData("EXPLAIN SELECT * FROM AspNetUsers")]
    [InlineData("SELECT")]
    [InlineData("")]
    public async Task Everything_else_is_refused(string sql) => await Should.ThrowAsync<StoredQueryException>(() => RunAsync(sql));
}
