using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Fluid;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Publishing;

/// <summary>The agreements as page, CSV and JSON: the same filters, the same answers.</summary>
public sealed class AgreementTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<JsonNode> JsonAsync(string query, string language = "en") => JsonNode.Parse(await _client.GetStringAsync($"/{language}/agreements.json{query}", Cancel))!;

    [Theory]
    [InlineData("")]
    [InlineData("?status=implemented")]
    [InlineData("?nature=political")]
    [InlineData("?status=partially-implemented&nature=technical&year=2011")]
    [InlineData("?topic=Movement&sort=oldest")]
    [InlineData("?q=bridge")]
    [InlineData("?sort=status")]
    public async Task Page_CSV_and_JSON_give_the_same_agreements(string query)
    {
        var json = (await JsonAsync(query))["agreements"]!.AsArray().Select(agreement => agreement!["title"]!.GetValue<string>()).ToList();
        json.ShouldNotBeEmpty();
        var csv = (await _client.GetStringAsync("/en/agreements.csv" + query, Cancel)).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        csv.Length.ShouldBe(json.Count + 1);
        var page = new HtmlParser().ParseDocument(await _client.GetStringAsync("/en/agreements" + query, Cancel));
        page.QuerySelectorAll(".ledger tbody th a").Select(title => title.TextContent).ShouldBe(json);
        foreach (var (line, title) in csv.Skip(1).Zip(json)) line.ShouldContain(title);
    }

    [Fact]
    public async Task Facets_count_what_each_value_would_leave()
    {
        var all = await JsonAsync("");
        all["total"]!.GetValue<int>().ShouldBe(20);
        foreach (var facet in new[] { "status", "nature", "topic", "year" }) all["facets"]![facet]!.AsArray().Sum(value => value!["count"]!.GetValue<int>()).ShouldBe(20, facet);
        var implemented = all["facets"]!["status"]!.AsArray().Single(value => value!["value"]!.GetValue<string>() == "implemented")!["count"]!.GetValue<int>();
        (await JsonAsync("?status=implemented"))["count"]!.GetValue<int>().ShouldBe(implemented);
    }

    [Theory]
    [InlineData("sq", "?q=levizjes", "Liria e lëvizjes")]
    [InlineData("sr", "?q=vozila", "Osiguranje vozila")]
    [InlineData("en", "?q=FREEDOM%20movement", "Freedom of Movement")]
    public async Task Words_are_found_without_their_marks(string language, string query, string title) =>
        (await JsonAsync(query, language))["agreements"]!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldContain(title);

    [Theory]
    [InlineData("/en/agreements?status=bogus&status=implemented", "/en/agreements")]
    [InlineData("/en/agreements?year=1999", "/en/agreements")]
    [InlineData("/en/agreements?topic=nothing", "/en/agreements")]
    [InlineData("/en/agreements?sort=newest", "/en/agreements")]
    [InlineData("/sr/sporazumi?q=%20%20a%20%20b", "/sr/sporazumi?q=a%20b")]
    [InlineData("/en/agreements.csv?x=1&status=implemented&year=1", "/en/agreements.csv?status=implemented")]
    [InlineData("/en/agreements.json?year=20111", "/en/agreements.json")]
    public async Task What_means_nothing_is_left_out_of_the_address(string path, string canonical)
    {
        var response = await _client.GetAsync(path, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe(canonical);
        (await _client.GetAsync(canonical, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_status_history_shows_what_readers_saw_and_no_drafts()
    {
        const string id = "agr-energy-sq";
        await using var scope = site.NewScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        var before = (await store.FindAsync(id, ContentStatus.Published, Cancel))!;
        async Task<ContentItem> SaveAsync(ContentItem item, string status, bool publish)
        {
            var edited = item.Copy();
            edited.Part("Agreement")!["Status"] = new JsonObject { ["Text"] = status };
            var result = publish
                ? await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(edited, Cancel)
                : await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(edited, Cancel);
            result.Problems.ShouldBeEmpty();
            return result.Item;
        }

        var original = new string(before.Part("Agreement")!["Status"]!["Text"]!.GetValue<string>());
        var item = await SaveAsync(before, "superseded", publish: false);
        item = await SaveAsync(item, "implemented", publish: true);
        item = await SaveAsync(item, "not-implemented", publish: false);
        item = await SaveAsync((await store.FindAsync(id, ContentStatus.Published, Cancel))!, original, publish: true);
        (await RenderAsync(scope.ServiceProvider, """{% assign h = "agr-energy-sq" | content_item_id | status_history %}{% for c in h %}{{ c.Status }} {% endfor %}"""))
            .ShouldBe($"{original} implemented {original} ");
    }

    [Fact]
    public async Task Templates_get_a_status_bar_and_a_timeline_from_the_beginning_of_the_dialogue()
    {
        await using var scope = site.NewScope();
        var bar = await RenderAsync(scope.ServiceProvider, """{% assign t = "sr-Latn" | agreement_tracker %}{{ t.Total }}:{% for s in t.StatusBar %}{{ s.Status }}={{ s.Count }} {% endfor %}""");
        bar.ShouldStartWith("20:implemented=6 ");
        var timeline = (await RenderAsync(scope.ServiceProvider, """{% assign t = "en" | agreement_timeline %}{% for s in t %}{{ s.Date }} {% endfor %}""")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        timeline.ShouldBe(timeline.Order(StringComparer.Ordinal));
        timeline.Length.ShouldBeGreaterThan(20);
        string.CompareOrdinal(timeline[0], "2011-03-08").ShouldBeGreaterThanOrEqualTo(0);
    }

    private static async Task<string> RenderAsync(IServiceProvider services, string liquid)
    {
        var environment = services.GetRequiredService<LiquidEnvironment>();
        var context = environment.NewContext(services.GetRequiredService<ThemeRenderer>().Scope(new Page(), Cancel), TimeZoneInfo.Utc);
        return await environment.Parse(liquid, "The test").RenderAsync(context);
    }
}
