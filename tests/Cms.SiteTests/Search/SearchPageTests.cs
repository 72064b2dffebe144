using System.Net;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Search;

/// <summary>The search page of the real site.</summary>
public sealed class SearchPageTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private async Task<string> HtmlAsync(string query, HttpStatusCode status = HttpStatusCode.OK, string path = "/search")
    {
        var answer = await _client.GetAsync(new Uri(path + query, UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(status);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private async Task<string> FoundAsync(string terms, string text, string culture = "en")
    {
        var html = "";
        await SearchSite.EventuallyAsync(async () => (html = await HtmlAsync($"?terms={Uri.EscapeDataString(terms)}&culture={culture}")).Contains(text, StringComparison.Ordinal));
        return html;
    }

    [Theory]
    [InlineData("en", "What are you looking for?")]
    [InlineData("sq", "Çfarë po kërkoni?")]
    [InlineData("sr-Latn", "Šta tražite?")]
    [InlineData("sr-Cyrl", "Шта тражите?")]
    public async Task The_page_asks_in_the_readers_language(string culture, string text)
    {
        var html = await HtmlAsync($"?culture={culture}");
        html.ShouldContain(text);
        html.ShouldContain($"<html lang=\"{culture}\"");
        html.ShouldNotContain("class=\"results\"");
    }

    [Theory]
    [InlineData("energy", "en", "/en/")]
    [InlineData("energjinë", "sq", "/sq/")]
    [InlineData("energjine", "sq", "/sq/")]
    [InlineData("sporazum", "sr-Latn", "/sr/")]
    [InlineData("споразум", "sr-Latn", "/sr/")]
    public async Task Words_are_found_in_the_readers_language_first(string terms, string culture, string start)
    {
        var html = await FoundAsync(terms, "class=\"results\"", culture);
        html.ShouldContain("<mark>");
        html[html.IndexOf("class=\"results\"", StringComparison.Ordinal)..].ShouldContain($"<h2><a href=\"{start}");
        html.IndexOf("<h2><a href=\"" + start, StringComparison.Ordinal).ShouldBe(html.IndexOf("<h2><a href=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sporazum")]
    [InlineData("споразум")]
    public async Task Results_in_Cyrillic_show_what_is_written_in_Latin(string terms)
    {
        var html = await FoundAsync(terms, "class=\"results\"", "sr-Cyrl");
        var results = html[html.IndexOf("class=\"results\"", StringComparison.Ordinal)..];
        results.ShouldContain("<mark>");
        results.ToLowerInvariant().ShouldContain("споразум");
        results.ShouldContain("<h2><a href=\"/sr-cyrl/");
        results.ShouldNotContain("href=\"/sr/");
    }

    [Fact]
    public async Task A_published_page_is_found_and_a_draft_is_not()
    {
        await using var scope = site.NewScope();
        var item = new ContentItem { ContentItemId = "4searchpage", ContentType = "Page", DisplayText = "Xylophone <b>page</b>" };
        item.Content["TitlePart"] = new System.Text.Json.Nodes.JsonObject { ["Title"] = item.DisplayText };
        item.Content["HtmlBodyPart"] = new System.Text.Json.Nodes.JsonObject { ["Html"] = "<p>Xylophones &lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>" };
        item.Content["Page"] = new System.Text.Json.Nodes.JsonObject { ["Summary"] = new System.Text.Json.Nodes.JsonObject { ["Text"] = "About music" } };
        item.Content["LocalizationPart"] = new System.Text.Json.Nodes.JsonObject { ["Culture"] = "en" };
        (await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel)).Problems.ShouldBeEmpty();
        (await HtmlAsync("?terms=xylophone&culture=en")).ShouldContain("Nothing was found for “xylophone”");
        var draft = await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync("4searchpage", ContentStatus.Latest, Cancel);
        (await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(draft!, Cancel)).Problems.ShouldBeEmpty();
        var html = await FoundAsync("xylophone", "<mark>Xylophones</mark>");
        html.ShouldContain("Xylophone &lt;b&gt;page&lt;/b&gt;");
        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more");
        html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task Results_come_in_pages()
    {
        var first = await FoundAsync("kosovo serbia dialogue", "rel=\"next\"");
        var next = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(first, "href=\"([^\"]*)\" rel=\"next\"").Groups[1].Value);
        var second = await HtmlAsync(next);
        second.ShouldContain("rel=\"prev\"");
        static List<string> Links(string html) => [.. System.Text.RegularExpressions.Regex.Matches(html, "<h2><a href=\"([^\"]*)\"").Select(match => match.Groups[1].Value)];
        Links(second).ShouldNotBeEmpty();
        Links(second).Intersect(Links(first)).ShouldBeEmpty();
        var previous = System.Net.WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(second, "href=\"([^\"]*)\" rel=\"prev\"").Groups[1].Value);
        Links(await HtmlAsync(previous)).ShouldBe(Links(first));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("*%3F%3A%5C%2F(%5B%7B%7D%5D)%22")]
    [InlineData("%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("AND+OR+NOT+%2B+-")]
    [InlineData("a&after=-1&before=99999999999")]
    [InlineData("a&after=5000&culture=zz")]
    [InlineData("a&terms=b")]
    public async Task Whatever_is_typed_gets_a_page(string terms)
    {
        var html = await HtmlAsync($"?terms={terms}");
        html.ShouldContain("role=\"search\"");
        html.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task A_question_of_any_length_gets_a_page() => (await HtmlAsync($"?terms={new string('x', 5000)}&culture=en")).ShouldContain("Nothing was found");

    [Fact]
    public async Task An_index_that_is_not_there_is_not_found()
    {
        await HtmlAsync("", HttpStatusCode.NotFound, "/search/Nope");
        await HtmlAsync("?terms=x", HttpStatusCode.OK, "/search/Site");
    }
}
