using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Search;

/// <summary>Stored queries and the search API over HTTP, as anonymous visitors.</summary>
public sealed class QueryApiTests(SearchSite site) : IClassFixture<SearchSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private async Task<JsonObject> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Cancel));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(status == HttpStatusCode.OK ? "application/json" : "application/problem+json");
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
    }

    private Task<JsonObject> RunAsync(string query, object parameters, HttpStatusCode status = HttpStatusCode.OK) =>
        GetAsync($"/api/queries/{query}?parameters={Uri.EscapeDataString(System.Text.Json.JsonSerializer.Serialize(parameters))}", status);

    private static List<string> Values(JsonObject answer, string member) => [.. answer["items"]!.AsArray().Select(row => row![member]!.ToString())];

    [Fact]
    public async Task A_search_query_answers_with_items_and_their_number()
    {
        var answer = await GetAsync("/api/queries/Found");
        Values(answer, "ContentItemId").ShouldBe(["saw"]);
        answer["items"]![0]!["Doc"]!["Brand"]!["Text"]!.ToString().ShouldBe("Ostrik Plus");
        answer["count"]!.GetValue<int>().ShouldBe(1);
        var cut = await RunAsync("Found", new { term = "boards", size = 1 });
        cut["items"]!.AsArray().Count.ShouldBe(1);
        cut["count"]!.GetValue<int>().ShouldBe(2);
    }

    [Theory]
    [InlineData("\" } }, \"size\": 0 }")]
    [InlineData("\\")]
    [InlineData("</script>' OR 1=1 --")]
    [InlineData("\u2028\ud83d\ude00")]
    public async Task What_a_caller_writes_stays_a_text_of_the_search(string term) =>
        (await RunAsync("Found", new { term }))["items"]!.AsArray().ShouldBeEmpty();

    [Fact]
    public async Task A_search_query_answers_with_the_stored_values_of_documents()
    {
        var answer = await GetAsync("/api/queries/Rows");
        answer["count"]!.GetValue<int>().ShouldBe(6);
        answer["items"]!.AsArray().Count.ShouldBe(2);
        var graph = await _client.PostAsJsonAsync("/api/graphql", new { query = "{ docRow { contentItemId content_ContentItem_DisplayText_keyword doc_Weight } found(parameters: \"{\\\"term\\\":\\\"steel\\\"}\") { contentItemId displayText } }" }, Cancel);
        var data = (await graph.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        data["data"]!["found"]![0]!["contentItemId"]!.ToString().ShouldBe("knife", data.ToJsonString());
        data["data"]!["docRow"]!.AsArray().Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("{% assign rows = Queries.Found | query: term: 'steel' %}{% for row in rows %}{{ row.ContentItemId }} {{ row.Content.Doc.Brand.Text }}{% endfor %}", "knife O'Blade")]
    [InlineData("{% assign rows = Queries.Rows | query %}{% for row in rows %}{{ row['Content.ContentItem.DisplayText.keyword'] }};{% endfor %}", "Knife & \"Fork\" <set>;Споразум о пруги;")]
    [InlineData("{% assign rows = Queries.Like | query: name: 'Level', limit: 5 %}{% for row in rows %}{{ row.DisplayText }};{% endfor %}", "Spirit Level;")]
    [InlineData("{% assign rows = Queries.Like | query: name: \"' OR 1=1 --\" %}{{ rows | size }}", "0")]
    public async Task A_query_answers_Liquid_too(string template, string expected)
    {
        await using var scope = site.NewScope();
        var item = new Cms.Core.Content.ContentItem { ContentItemId = "4asks", ContentType = "Doc" };
        (await scope.ServiceProvider.GetRequiredService<Cms.Platform.Theming.LiquidPatterns>().RenderAsync(template, item, Cancel)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_query_needs_its_own_right_over_GraphQL_as_over_REST()
    {
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse("""
            { "name": "queries", "Queries": [ { "Name": "Kept", "Source": "Sql", "ReturnContentItems": true, "Schema": "{\"type\":\"ContentItem/Doc\"}", "Template": "SELECT DocumentId FROM ContentItemIndex" } ] }
            """)!.AsObject(), Cancel);
        using var refused = await _client.PostAsJsonAsync("/api/graphql", new { query = "{ kept { contentItemId } }" }, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await GetAsync("/api/queries/Kept", HttpStatusCode.NotFound);
        using var administrator = await SignedIn.AdministratorAsync(site, Cancel);
        using var answered = await administrator.PostAsJsonAsync("/api/graphql", new { query = "{ kept { contentItemId } }" }, Cancel);
        (await answered.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["data"]!["kept"]!.AsArray().ShouldNotBeEmpty();
        (await administrator.GetAsync(new Uri("/api/queries/Kept", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_query_in_SQL_takes_the_parameters_of_its_Liquid()
    {
        Values(await RunAsync("Like", new { name = "Level" }), "DisplayText").ShouldBe(["Spirit Level"]);
        Values(await RunAsync("Like", new { limit = 1 }), "DisplayText").ShouldBe(["Knife & \"Fork\" <set>"]);
        Values(await RunAsync("Equal", new { name = "Rip Saw" }), "DisplayText").ShouldBe(["Rip Saw"]);
        (await RunAsync("Like", new { name = "Level" })).ContainsKey("count").ShouldBeFalse();
        using var posted = await _client.PostAsJsonAsync("/api/queries/Like", new { name = "Level" }, Cancel);
        Values((await posted.Content.ReadFromJsonAsync<JsonObject>(Cancel))!, "DisplayText").ShouldBe(["Spirit Level"]);
    }

    [Theory]
    [InlineData("Like", "%' OR '1'='1")]
    [InlineData("Like", "' UNION SELECT Owner FROM ContentItemIndex --")]
    [InlineData("Like", "'; DROP TABLE ContentVersions; --")]
    [InlineData("Equal", "' OR Published = true OR '' = '")]
    [InlineData("Equal", "1 OR 1=1")]
    [InlineData("Equal", "\uE0000\uE001' OR 1=1 --")]
    public async Task A_value_never_becomes_SQL_whatever_filters_it_went_through(string query, string name) =>
        (await RunAsync(query, new { name }))["items"]!.AsArray().ShouldBeEmpty();

    [Theory]
    [InlineData("/api/queries/Column?parameters=%7B%22name%22%3A%22Owner%22%7D")]
    [InlineData("/api/queries/Like?parameters=%5B1%5D")]
    [InlineData("/api/queries/Like?parameters=nonsense")]
    [InlineData("/api/queries/Like?parameters=%7B%22a%22%3A1%2C%22a%22%3A2%7D")]
    public async Task Parameters_that_make_no_sense_are_refused(string path) =>
        (await GetAsync(path, HttpStatusCode.BadRequest))["detail"]!.ToString().ShouldNotBeEmpty();

    [Theory]
    [InlineData("/api/queries/Nope")]
    [InlineData("/api/queries/Staff")]
    public async Task A_query_that_is_not_there_or_not_for_everybody_is_not_found(string path) =>
        (await GetAsync(path, HttpStatusCode.NotFound))["title"]!.ToString().ShouldBe("Not Found");

    [Fact]
    public async Task Items_that_a_reader_may_not_see_are_left_out()
    {
        var ids = Values(await GetAsync("/api/queries/Encoded"), "ContentItemId");
        ids.ShouldContain("saw");
        ids.ShouldNotContain("draft");
    }

    [Theory]
    [InlineData("content")]
    [InlineData("documents")]
    public async Task The_search_API_asks_who_is_there(string what)
    {
        using var answer = await _client.GetAsync(new Uri($"/api/lucene/{what}?indexName=Docs&query=%7B%22query%22%3A%7B%22match_all%22%3A%7B%7D%7D%7D", UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["error"]!.ToString().ShouldBe("missing_token");
    }
}
