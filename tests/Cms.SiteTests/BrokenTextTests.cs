using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>Texts and dates that are none are refused by field wherever they come from, and those that were stored before spoil no list.</summary>
public sealed class BrokenTextTests(AppSite site) : IClassFixture<AppSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    [Theory]
    [InlineData("\"TitlePart\":{\"Title\":\"\\ud800x\"}", "TitlePart.Title")]
    [InlineData("\"TitlePart\":{\"Title\":\"a\\u0000b\"}", "TitlePart.Title")]
    [InlineData("\"Unknown\":{\"List\":[\"\\udfff\"]}", "Unknown.List[0]")]
    [InlineData("\"Unknown\":{\"a\\ud800\":1}", "Unknown.")]
    [InlineData("\"Page\":{\"Number\":1e400,\"Summary\":{\"Text\":\"\\u200B \"}},\"TitlePart\":{\"Title\":\"x\"}", "Page.Summary")]
    [InlineData("\"TitlePart\":{\"Title\":\" \\u200B\\u2060\"}", "TitlePart")]
    public async Task A_text_that_is_none_is_refused_by_field(string members, string path)
    {
        var (status, problem) = await PostAsync($$"""{ "ContentType": "Page", {{members}} }""");
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldContain(path, problem.ToJsonString());
    }

    [Theory]
    [InlineData("Date", "9999-12-31T00:00:00Z")]
    [InlineData("Date", "0001-01-01")]
    [InlineData("Date", "9999-12-31T22:30:00Z")]
    public async Task A_date_that_no_clock_shows_is_refused_by_field(string field, string value)
    {
        var (status, problem) = await PostAsync($$$"""{ "ContentType": "NewsPost", "TitlePart": { "Title": "Far away" }, "NewsPost": { "{{{field}}}": { "Value": "{{{value}}}" }, "Summary": { "Text": "x" } } }""");
        status.ShouldBe(HttpStatusCode.BadRequest);
        problem["errors"]!["NewsPost." + field].ShouldNotBeNull(problem.ToJsonString());
    }

    [Fact]
    public async Task Broken_variables_of_GraphQL_are_a_bad_request()
    {
        using var body = new StringContent("""{ "query": "query($t: String) { page(where: { displayText: $t }) { displayText } }", "variables": { "t": "\ud800" } }""", Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync("/api/graphql", body, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("variables.t");
    }

    [Fact]
    public async Task A_broken_text_that_was_stored_before_spoils_no_list()
    {
        var (status, body) = await PostAsync("""{ "ContentType": "Page", "TitlePart": { "Title": "Stored broken" }, "Page": { "Summary": { "Text": "REPLACED" } } }""");
        status.ShouldBe(HttpStatusCode.OK);
        await using (var database = site.OpenDatabase())
        {
            await database.ContentVersions.Where(row => row.ContentItemId == body["ContentItemId"]!.ToString())
                .ExecuteUpdateAsync(row => row.SetProperty(version => version.Content, version => version.Content.Replace("REPLACED", "\\ud800 whole")), Cancel);
        }

        await using var scope = site.NewScope();
        var found = await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(new ContentQuery { ContentTypes = ["Page"], Take = 1000 }, Cancel);
        found.Single(item => item.DisplayText == "Stored broken").Content["Page"]!["Summary"]!["Text"]!.GetValue<string>().ShouldBe("\uFFFD whole");
    }

    private async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(string body, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/content" + query) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(AppSite.EditorApp, Cancel));
        using var answer = await _client.SendAsync(request, Cancel);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsObject());
    }
}
