using System.Text;
using System.Text.Json.Nodes;
using Cms.Platform.GraphQL;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>Queries that ask for plain values are answered by GraphQL.NET the first time and without it from then on.</summary>
public sealed class PlainQueryTests(PlainQueryTests.UncachedSite site) : IClassFixture<PlainQueryTests.UncachedSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly string[] OwnQueries =
    [
        "{ guide(first: 3) { title: displayText __typename localization { set: localizationSet culture __typename } } tool(orderBy: {createdUtc: DESC}) { path modifiedUtc latest } }",
        "{ a: tool(first: 2, skip: 1) { contentItemId } b: tool(where: {displayText_contains: \"a\"}) { contentItemId author owner } none: tool(where: {displayText: \"\"}) { path } }",
        "{ tool { displayText displayText } }",
        "{ tool { ... on Tool { displayText } } }",
        "{ tool(first: 5000) { displayText } }",
        "{ tool { displayText @skip(if: true) path } }",
    ];

    [Fact]
    public async Task An_answer_is_the_same_byte_for_byte_with_and_without_GraphQL_NET()
    {
        using var client = site.CreateClient();
        foreach (var query in Queries().Concat(OwnQueries).Distinct())
        {
            var first = await AskAsync(client, query);
            (await AskAsync(client, query)).ShouldBe(first, query);
            (await AskAsync(client, query)).ShouldBe(first, query);
        }

        // So many that the comparison was one.
        site.Services.GetRequiredService<PlainQueries>().Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task The_same_query_with_other_variables_is_another_one()
    {
        using var client = site.CreateClient();
        const string Query = "query ($where: ToolWhereInput, $first: Int = 1, $skip: Int) { tool(where: $where, first: $first, skip: $skip, orderBy: {displayText: ASC}) { displayText path } }";
        string[] variables =
        [
            "{}", """{ "first": 2 }""", """{ "skip": 1 }""", """{ "first": 2, "skip": 1 }""", """{ "where": { "displayText_contains": "a" } }""", """{ "where": { "displayText_contains": "e" } }""",
            """{ "where": { "OR": [ { "displayText_starts_with": "S" }, { "displayText_starts_with": "P" } ] }, "first": 9 }""",
        ];
        var before = site.Services.GetRequiredService<PlainQueries>().Count;
        var answers = new List<string>();
        foreach (var given in variables) answers.Add(await AskAsync(client, Query, given));
        answers.ShouldAllBe(answer => answer.StartsWith("200", StringComparison.Ordinal));
        answers.Distinct().Count().ShouldBeGreaterThan(4);
        (site.Services.GetRequiredService<PlainQueries>().Count - before).ShouldBe(variables.Length);
        for (var i = 0; i < variables.Length; i++) (await AskAsync(client, Query, variables[i])).ShouldBe(answers[i], variables[i]);
        (await AskAsync(client, Query, """{ "first": "many" }""")).ShouldStartWith("400");
    }

    [Fact]
    public async Task A_change_shows_in_the_next_answer()
    {
        using var client = site.CreateClient();
        const string Query = "{ gauge: tool(where: {contentItemId: \"tool-plain\"}) { displayText path } }";
        await ImportAsync("Before");
        for (var i = 0; i < 2; i++) (await AskAsync(client, Query)).ShouldContain("Before");
        await ImportAsync("After");
        (await AskAsync(client, Query)).ShouldContain("After");
    }

    private static IEnumerable<string> Queries() => GoldenGraphQLTests.Cases
        .Where(golden => golden!["response"]!["status"]!.GetValue<int>() == 200 && golden["request"]!["body"]?.ToString() is ['{', '"', ..]).Select(golden => golden!["request"]!["body"]!.ToString())
        .Where(body => !body.Contains("variables", StringComparison.Ordinal)).Select(body => JsonNode.Parse(body)!["query"]!.ToString());

    private async Task ImportAsync(string title)
    {
        await using var scope = site.NewScope();
        var item = JsonNode.Parse($$"""{ "ContentItemId": "tool-plain", "ContentType": "Tool", "DisplayText": "{{title}}", "Latest": true, "Published": true, "Tool": { "Brand": { "Text": "Plain" } } }""");
        await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject { ["name"] = "content", ["data"] = new JsonArray(item) }, Cancel);
    }

    private static async Task<string> AskAsync(HttpClient client, string query, string variables = "{}")
    {
        using var body = new StringContent(new JsonObject { ["query"] = query, ["variables"] = JsonNode.Parse(variables) }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/api/graphql", UriKind.Relative), body, Cancel);
        return $"{(int)answer.StatusCode} {answer.Headers.ETag} {await answer.Content.ReadAsStringAsync(Cancel)}";
    }

    public sealed class UncachedSite : GoldenSite
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Cms:OutputCache", "false");
        }
    }
}
