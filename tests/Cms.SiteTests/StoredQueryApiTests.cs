using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Platform.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>The limits of the API on stored queries, whichever way they are run.</summary>
public sealed class StoredQueryApiTests(StoredQueryApiTests.SiteWithSmallPages site) : IClassFixture<StoredQueryApiTests.SiteWithSmallPages>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"limit":-1}""", "parameter limit must be a whole number")]
    [InlineData("""{"limit":"abc"}""", "parameter limit must be a number")]
    [InlineData("""{"limit":{"a":1}}""", "parameter limit must be a number")]
    [InlineData("""{"offset":-1}""", "parameter offset must be a whole number")]
    public async Task A_wrong_parameter_is_refused_in_our_own_words(string parameters, string words)
    {
        var (status, json) = await GetAsync("LatestNews", parameters);
        status.ShouldBe(HttpStatusCode.BadRequest);
        json["detail"]!.GetValue<string>().ShouldContain(words);
        var error = (await GraphQLAsync($$"""{ latestNews(parameters: {{Quoted(parameters)}}) { displayText } }"""))["errors"]!.AsArray().ShouldHaveSingleItem()!;
        error["message"]!.GetValue<string>().ShouldContain(words);
    }

    [Theory]
    [InlineData("""{"limit":1000}""")]
    [InlineData("""{"limit":100000000000}""")]
    public async Task What_is_beyond_the_limit_is_cut_off_and_the_answer_says_so(string parameters)
    {
        var (_, json) = await GetAsync("LatestNews", parameters);
        json["items"]!.AsArray().Count.ShouldBe(SiteWithSmallPages.MaxNumberOfResults);
        json["limited"]!["applied"]!.GetValue<int>().ShouldBe(SiteWithSmallPages.MaxNumberOfResults);
        var answer = await GraphQLAsync($$"""{ latestNews(parameters: {{Quoted(parameters)}}) { displayText } }""");
        answer["data"]!["latestNews"]!.AsArray().Count.ShouldBe(SiteWithSmallPages.MaxNumberOfResults);
        var limited = answer["extensions"]!["limited"]!.AsArray().ShouldHaveSingleItem()!;
        limited["applied"]!.GetValue<int>().ShouldBe(SiteWithSmallPages.MaxNumberOfResults);
        limited["path"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("latestNews");
    }

    [Fact]
    public async Task An_answer_that_is_whole_does_not_say_that_it_is_cut()
    {
        var (_, json) = await GetAsync("LatestNews", $$"""{"limit":{{SiteWithSmallPages.MaxNumberOfResults}}}""");
        json["items"]!.AsArray().Count.ShouldBe(SiteWithSmallPages.MaxNumberOfResults);
        json["limited"].ShouldBeNull();
        (await GraphQLAsync("""{ latestNews(parameters: "{\"limit\":2}") { displayText } }"""))["extensions"].ShouldBeNull();
    }

    [Fact]
    public async Task Templates_get_no_more_than_the_api()
    {
        await using var scope = site.NewScope();
        var queries = scope.ServiceProvider.GetRequiredService<IStoredQueries>();
        var result = await queries.RunAsync(queries.Find("LatestNews")!, new Dictionary<string, object?> { ["limit"] = 1000m }, Cancel);
        (result.Items!.Count, result.CutAt).ShouldBe((SiteWithSmallPages.MaxNumberOfResults, SiteWithSmallPages.MaxNumberOfResults));
    }

    [Theory]
    [InlineData("SELECT 1 LIMIT 3", 3)]
    [InlineData("SELECT 1 limit 2 OFFSET 10;", 2)]
    [InlineData("SELECT 1 LIMIT @limit:3 OFFSET @offset:0", 3)]
    [InlineData("SELECT 1 LIMIT @given:7", 4)]
    [InlineData("SELECT 1 LIMIT @given", 4)]
    [InlineData("SELECT 1 LIMIT @other", SiteWithSmallPages.MaxNumberOfResults)]
    [InlineData("SELECT 1 LIMIT @negative:7", SiteWithSmallPages.MaxNumberOfResults)]
    [InlineData("SELECT 1 LIMIT 7000", SiteWithSmallPages.MaxNumberOfResults)]
    [InlineData("SELECT 1", SiteWithSmallPages.MaxNumberOfResults)]
    [InlineData("SELECT 1 -- LIMIT 7", SiteWithSmallPages.MaxNumberOfResults)]
    [InlineData("SELECT (SELECT 1 LIMIT 7)", SiteWithSmallPages.MaxNumberOfResults)]
    [InlineData("SELECT 1 LIMIT {{ x }}", SiteWithSmallPages.MaxNumberOfResults)]
    [InlineData("SELECT 1 LIMIT 2 + 5", SiteWithSmallPages.MaxNumberOfResults)]
    public void A_query_costs_as_many_rows_as_it_may_return(string template, int rows)
    {
        using var scope = site.Services.CreateScope();
        var query = new StoredQuery("x", "Sql", template, null, false);
        scope.ServiceProvider.GetRequiredService<IStoredQueries>().MaxResults(query, new Dictionary<string, object?> { ["given"] = 4L, ["negative"] = -1L }).ShouldBe(rows);
    }

    [Theory]
    [InlineData(15, 5, HttpStatusCode.BadRequest)]
    [InlineData(2, 1, HttpStatusCode.OK)]
    public async Task A_list_of_rendered_items_has_its_price_for_each_row(int aliases, int limit, HttpStatusCode expected)
    {
        var fields = string.Join(' ', Enumerable.Range(0, aliases).Select(number => $$"""a{{number}}: latestNews(parameters: $p) { render }"""));
        var response = await site.CreateClient().PostAsJsonAsync("/api/graphql", new JsonObject
        {
            ["query"] = $"query($p: String) {{ {fields} }}",
            ["variables"] = new JsonObject { ["p"] = $$"""{"limit":{{limit}}}""" },
        }, Cancel);
        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<(HttpStatusCode Status, JsonNode Json)> GetAsync(string query, string parameters)
    {
        var response = await site.CreateClient().GetAsync(new Uri($"/api/queries/{query}?parameters={Uri.EscapeDataString(parameters)}", UriKind.Relative), Cancel);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!);
    }

    private async Task<JsonNode> GraphQLAsync(string query)
    {
        var response = await site.CreateClient().PostAsJsonAsync("/api/graphql", new JsonObject { ["query"] = query }, Cancel);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
    }

    private static string Quoted(string text) => JsonValue.Create(text).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public sealed class SiteWithSmallPages : Site
    {
        public const int MaxNumberOfResults = 5;

        public SiteWithSmallPages() => Settings = new()
        {
            ["OrchardCore:OrchardCore_Apis_GraphQL:MaxNumberOfResults"] = "5",
            ["OrchardCore:OrchardCore_Apis_GraphQL:DefaultNumberOfResults"] = "5",
            ["OrchardCore:OrchardCore_Apis_GraphQL:MaxComplexity"] = "100",
        };
    }
}
