using Cms.Platform.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteStoredQueryTests(Site site) : StoredQueryTests(site);

public sealed class PostgresStoredQueryTests(PostgresSite site) : StoredQueryTests(site.OrSkip());

public abstract class StoredQueryTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<int> RunAsync(string sql) => RunUntilAsync(sql, Cancel);

    private async Task<int> RunUntilAsync(string sql, CancellationToken cancellationToken)
    {
        await using var scope = site.NewScope();
        var rows = await scope.ServiceProvider.GetRequiredService<ISqlQueryRunner>().RunAsync(sql, new Dictionary<string, object?>(), 10_000, cancellationToken);
        return rows.Rows.Count;
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
    [InlineData("select documentid, DisplayText as Title from contentitemindex order by TITLE")]
    [InlineData("SELECT \"DocumentId\" FROM \"ContentItemIndex\" WHERE \"Published\" = 1 AND NOT Latest = 0")]
    [InlineData("WITH p AS (SELECT DocumentId, Path FROM AutoroutePartIndex) SELECT p.DocumentId, max(p.Path) FROM p GROUP BY p.DocumentId HAVING count(*) >= 1")]
    [InlineData("SELECT upper(DisplayText), count(*), CAST(avg(DocumentId) AS INTEGER), iif(Published, 'yes', 'no') x FROM ContentItemIndex GROUP BY DisplayText, Published")]
    [InlineData("SELECT ListContentItemId, \"Order\" FROM ContainedPartIndex ORDER BY \"Order\" DESC;")]
    [InlineData("SELECT DocumentId -- a remark\nFROM ContentItemIndex WHERE DisplayText LIKE '%' || @text:'A' || '%' AND DocumentId > @id:'0' LIMIT @take:5 OFFSET 0")]
    [InlineData("SELECT month(PublishedUtc), day(PublishedUtc), hour(now()), minute(now()), second(now()), random() <> 0 FROM ContentItemIndex")]
    [InlineData("SELECT CASE WHEN a.Published AND b.Latest THEN 1 ELSE 0 END FROM ContentItemIndex a LEFT JOIN ContentItemIndex AS b ON a.DocumentId = b.DocumentId AND b.ContentType IN ('Event', 'Page'), (SELECT 1 AS one) q")]
    public async Task The_portable_dialect_is_understood_in_any_spelling(string sql) => (await RunAsync(sql)).ShouldBeGreaterThanOrEqualTo(0);

    /// <summary>The queries of the recipe, with the parameters that the theme gives and with none.</summary>
    [Fact]
    public async Task The_sites_own_queries_run_with_and_without_their_parameters()
    {
        await using var scope = site.NewScope();
        var queries = scope.ServiceProvider.GetRequiredService<IStoredQueries>();
        foreach (var query in queries.All.Where(query => query.Source == "Sql"))
        {
            foreach (var parameters in new Dictionary<string, object?>[]
            {
                [],
                new() { ["culture"] = "sr-latn", ["topic"] = "", ["year"] = 0m, ["limit"] = 2m, ["offset"] = 0m },
                new() { ["culture"] = "en", ["topic"] = "research", ["year"] = 2020m, ["limit"] = 2m, ["offset"] = 1m, ["except"] = "x", ["field"] = "Funder", ["item"] = "x" },
            })
            {
                var found = await queries.RunAsync(query, parameters, TestContext.Current.CancellationToken);
                if (query.Name.EndsWith("Count", StringComparison.Ordinal)) found.Rows!.ShouldHaveSingleItem()["Total"].ShouldBeOfType<long>();
                if (query.Name == "NewsYears") found.Rows!.ShouldAllBe(row => row["PostYear"] is long);
                if (query.Name == "NewsTopics") found.Rows!.ShouldAllBe(row => row["Topic"] is string);
            }
        }

        var everything = new Dictionary<string, object?> { ["culture"] = "en", ["limit"] = 1000m };
        var all = (await queries.RunAsync(queries.Find("LatestNews")!, everything, TestContext.Current.CancellationToken)).Items!;
        all.Count.ShouldBeGreaterThan(3);
        foreach (var year in all.GroupBy(item => item.Part("NewsPost")!["Date"]!["Value"]!.GetValue<string>()[..4]))
        {
            var ofYear = await queries.RunAsync(queries.Find("LatestNews")!, new Dictionary<string, object?>(everything) { ["year"] = decimal.Parse(year.Key, System.Globalization.CultureInfo.InvariantCulture) }, TestContext.Current.CancellationToken);
            ofYear.Items!.Select(item => item.ContentItemId).ShouldBe(year.Select(item => item.ContentItemId));
        }
    }

    [Fact]
    public async Task Answers_have_the_same_names_and_kinds_of_values_on_every_database()
    {
        await using var scope = site.NewScope();
        var rows = await scope.ServiceProvider.GetRequiredService<ISqlQueryRunner>().RunAsync(
            "SELECT documentid, Published, ModifiedUtc AS changed, count(*), sum(1) AS s, avg(1) AS a, @p FROM ContentItemIndex WHERE Published = true GROUP BY DocumentId, Published, ModifiedUtc LIMIT 1",
            new Dictionary<string, object?> { ["p"] = "x" }, 10_000, TestContext.Current.CancellationToken);
        var row = rows.Rows.ShouldHaveSingleItem();
        row.Keys.ShouldBe(["DocumentId", "Published", "changed", "count(*)", "s", "a", "@p"]);
        row.Values.Skip(1).Where((_, index) => index != 1).ShouldBe([1L, 1L, 1L, 1.0, "x"]);
        row["changed"].ShouldBeOfType<string>().ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d");
    }

    [Fact]
    public async Task A_query_that_never_ends_is_stopped_and_sooner_where_nobody_waits_for_it()
    {
        // Each level looks at all rows for each row of the levels around it, and keeps none of them.
        const string Endless = "SELECT count(*) FROM TextFieldIndex a WHERE 0 > (SELECT count(*) FROM TextFieldIndex b WHERE 0 > (SELECT count(*) FROM TextFieldIndex c "
            + "WHERE 0 > (SELECT count(*) FROM TextFieldIndex d WHERE 0 > (SELECT count(*) FROM TextFieldIndex e "
            + "WHERE a.DocumentId + b.DocumentId + c.DocumentId + d.DocumentId + e.DocumentId < 0))))";
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var awaited = Task.Run(() => RunAsync(Endless), Cancel);
        var abandoned = Task.Run(() => RunUntilAsync(Endless, gone.Token), Cancel);
        gone.CancelAfter(TimeSpan.FromMilliseconds(500));
        (await Task.WhenAny(awaited, abandoned)).ShouldBe(abandoned);
        await Should.ThrowAsync<OperationCanceledException>(() => abandoned);
        (await Should.ThrowAsync<StoredQueryException>(() => awaited)).Message.ShouldContain("longer than 5 s");
    }
}
