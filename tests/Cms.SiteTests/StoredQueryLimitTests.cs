using Cms.Platform.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteStoredQueryLimitTests(Site site) : StoredQueryLimitTests(site)
{
    /// <summary>On a site of its own, whose limit is lower than that of the others: SQLite counts the memory of all in one.</summary>
    [Fact]
    public async Task Sorting_more_than_there_is_memory_for_is_stopped()
    {
        await using var site = new Site { Settings = { ["Cms:StoredQueries:MaxMemoryBytes"] = "8000000" } };
        (await RefusedAsync(Sorted, site)).ShouldContain("more memory");
    }
}

public sealed class PostgresStoredQueryLimitTests(PostgresSite site) : StoredQueryLimitTests(site.OrSkip())
{
    [Fact]
    public async Task Sorting_more_than_there_is_room_for_is_stopped() => (await RefusedAsync(Sorted)).ShouldContain("more memory");
}

/// <summary>Queries that ask for more than a stored query may take. None is told to be quick: each would go on without end, or need all there is.</summary>
public abstract class StoredQueryLimitTests(Site site)
{
    private const string Long = "SELECT 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' AS t";

    private const string Tenfold = "t || t || t || t || t || t || t || t || t || t AS t";

    protected static string Sorted { get; } =
        $"SELECT DISTINCT q.t || a.DocumentId || b.DocumentId || a.ContentField || b.ContentField AS t FROM ({Grown(2)}) q, TextFieldIndex a, TextFieldIndex b ORDER BY 1";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>100 characters, made ten times longer some times over.</summary>
    private static string Grown(int times) => times == 0 ? Long : $"SELECT {Tenfold} FROM ({Grown(times - 1)}) q{times}";

    [Theory]
    [InlineData(5, "more than 1000000 bytes")]
    [InlineData(8, "nests too many expressions")]
    public async Task A_text_that_grows_without_end_is_stopped(int times, string words) => (await RefusedAsync(Grown(times))).ShouldContain(words);

    [Fact]
    public async Task Subqueries_that_multiply_are_stopped_before_the_database_takes_them_apart() =>
        (await RefusedAsync($"WITH a AS ({Long}), {string.Join(", ", "bcdefghi".Zip("abcdefgh").Select(pair => $"{pair.First} AS (SELECT {Tenfold} FROM {pair.Second})"))} SELECT t FROM i"))
            .ShouldContain("nests too many expressions");

    [Fact]
    public async Task A_text_up_to_the_limit_is_returned() =>
        (await RunAsync(Grown(3))).Rows.ShouldHaveSingleItem()["t"].ShouldBeOfType<string>().Length.ShouldBe(100_000);

    [Theory]
    [InlineData("SELECT replace(replace(replace(replace(replace('aaaaaaaaaaaaaaaa', 'a', 'bbbbbbbbbbbbbbbb'), 'b', 'aaaaaaaaaaaaaaaa'), 'a', 'bbbbbbbbbbbbbbbb'), 'b', 'aaaaaaaaaaaaaaaa'), 'a', 'bbbbbbbbbbbbbbbb') AS t")]
    [InlineData("SELECT group_concat(q.t) AS t FROM (%1) q, TextFieldIndex a")]
    [InlineData("SELECT instr(t, t) AS t FROM (%1) q")]
    [InlineData("SELECT replace(t, t, 'x') AS t FROM (%1) q")]
    [InlineData("SELECT t LIKE t AS t FROM (%1) q")]
    [InlineData("SELECT t NOT LIKE '%' || t AS t FROM (%1) q")]
    public async Task Functions_do_not_work_on_texts_for_hours(string sql) =>
        (await RefusedAsync(sql.Replace("%1", Grown(2), StringComparison.Ordinal))).ShouldContain("more than 1000000 bytes");

    [Fact]
    public async Task A_result_of_many_bytes_is_stopped() =>
        (await RefusedAsync($"SELECT q.t, q.t AS u, q.t AS v FROM ({Grown(3)}) q, ContentItemIndex")).ShouldContain("more than 8000000 bytes");

    [Fact]
    public async Task Only_so_many_columns_are_returned() =>
        (await RefusedAsync($"SELECT {string.Join(", ", Enumerable.Range(0, 101).Select(number => $"1 AS c{number}"))}")).ShouldNotBeEmpty();

    [Fact]
    public async Task More_rows_than_were_asked_for_are_cut_off()
    {
        const string Endless = "SELECT a.DocumentId FROM TextFieldIndex a, TextFieldIndex b, TextFieldIndex c, TextFieldIndex d, TextFieldIndex e";
        var cut = await RunAsync(Endless, 3);
        (cut.Rows.Count, cut.IsCut).ShouldBe((3, true));
        var whole = await RunAsync("SELECT DocumentId FROM TextFieldIndex LIMIT 3", 3);
        (whole.Rows.Count, whole.IsCut).ShouldBe((3, false));
    }

    [Theory]
    [InlineData("SELECT Foo FROM ContentItemIndex", "no column Foo")]
    [InlineData("SELECT c.Foo FROM ContentItemIndex c", "no column Foo")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex a, ContentItemIndex b", "More than one column is called DocumentId")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex WHERE", "can't be")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT -1", "LIMIT can't be negative")]
    [InlineData("SELECT count(DocumentId, Owner) FROM ContentItemIndex", "")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT @x:abc", "parameter x must be a whole number")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT 1 OFFSET @x:-5", "parameter x must be a whole number")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT 'abc'", "")]
    public async Task What_is_wrong_with_a_query_is_said_in_our_own_words(string sql, string words)
    {
        var message = await RefusedAsync(sql);
        message.ShouldContain(words);
        foreach (var leak in new[] { "SQLite", "Error", "42", "no such", "datatype", "ContentVersions" }) message.ShouldNotContain(leak, Case.Sensitive);
    }

    [Theory]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT @p:10", "abc", "parameter p must be a number")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT @p", "abc", "parameter p must be a whole number")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT @p:10", "2.5", "parameter p must be a whole number")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex LIMIT @p:10", "-1", "parameter p must be a whole number")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex WHERE DocumentId > @p:0", "x", "parameter p must be a number")]
    [InlineData("SELECT DocumentId FROM ContentItemIndex WHERE Published = @p:true", "x", "parameter p must be true or false")]
    public async Task A_parameter_of_another_kind_is_refused_by_its_name(string sql, string value, string words) =>
        (await Should.ThrowAsync<StoredQueryException>(() => RunAsync(sql, 10, new() { ["p"] = value }))).Message.ShouldContain(words);

    [Theory]
    [InlineData("SELECT 1e400 AS x FROM ContentItemIndex LIMIT 1")]
    [InlineData("SELECT -1e400 AS x FROM ContentItemIndex LIMIT 1")]
    public async Task A_number_that_no_answer_can_hold_is_refused_by_its_column(string sql) => (await RefusedAsync(sql)).ShouldContain("“x” holds a number");

    [Theory]
    [InlineData("2")]
    [InlineData("2.0")]
    public async Task A_number_may_come_as_a_text(string limit) =>
        (await RunAsync("SELECT DocumentId FROM ContentItemIndex LIMIT @limit:10", 10, new() { ["limit"] = limit })).Rows.Count.ShouldBe(2);

    protected async Task<string> RefusedAsync(string sql, Site? other = null) => (await Should.ThrowAsync<StoredQueryException>(() => RunAsync(sql, other: other))).Message;

    private async Task<QueryRows> RunAsync(string sql, int maxRows = 1000, Dictionary<string, object?>? parameters = null, Site? other = null)
    {
        await using var scope = (other ?? site).NewScope();
        return await scope.ServiceProvider.GetRequiredService<ISqlQueryRunner>().RunAsync(sql, parameters ?? [], maxRows, Cancel);
    }
}
