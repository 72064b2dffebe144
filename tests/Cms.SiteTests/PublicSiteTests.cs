using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Cms.SiteTests;

public sealed class PublicSiteTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<string> HtmlAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        var response = await _client.GetAsync(path, Cancel);
        response.StatusCode.ShouldBe(status, path);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9", null, "/en")]
    [InlineData("sq-XK", null, "/sq")]
    [InlineData("sr-Latn-RS", null, "/sr")]
    [InlineData("sr;q=0.4, sq;q=0", null, "/sr")]
    [InlineData("de", null, "/en")]
    [InlineData("sr", "c=sq|uic=sq", "/sq")]
    public async Task The_root_leads_to_the_readers_language(string accepted, string? cookie, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Language", accepted);
        if (cookie is not null) request.Headers.Add("Cookie", ".AspNetCore.Culture=" + Uri.EscapeDataString(cookie));
        var response = await _client.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldBe(expected);
        response.Headers.Vary.ShouldContain("Accept-Language");
        response.Headers.CacheControl!.Private.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/en", "en", "About the dialogue")]
    [InlineData("/sq", "sq", "Rreth dialogut")]
    [InlineData("/sr", "sr-Latn", "O dijalogu")]
    [InlineData("/sr/dogadjaji", "sr-Latn", "24. jul 2020.")]
    [InlineData("/sq/kontakti", "sq", "Orari i punës")]
    [InlineData("/en/contact", "en", "Qamil Hoxha street")]
    public async Task A_page_speaks_the_language_of_its_address(string path, string culture, string text)
    {
        var html = await HtmlAsync(path);
        html.ShouldContain($"<html lang=\"{culture}\"");
        html.ShouldContain(text);
    }

    [Theory]
    [InlineData("/en")]
    [InlineData("/sq")]
    [InlineData("/sr-cyrl")]
    public async Task Every_link_of_the_home_page_leads_somewhere(string home)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await HtmlAsync(home));
        foreach (var path in page.QuerySelectorAll("main a[href], head link[rel=alternate]").Select(link => link.GetAttribute("href")!.Replace("http://localhost", "", StringComparison.Ordinal)).Where(path => path.StartsWith('/')).Distinct())
            await HtmlAsync(path);
    }

    [Theory]
    [InlineData("/en/funders/norwegian-embassy", "/en/projects/advancing-kosovo-institutions", "/en/events/online-workshop-brussels-dialogue")]
    public async Task A_funder_shows_what_it_made_possible(string path, params string[] links)
    {
        var html = await HtmlAsync(path);
        foreach (var link in links) html.ShouldContain($"<a href=\"{link}\">");
    }

    [Fact]
    public async Task The_language_switcher_leads_to_the_same_items_translation()
    {
        var html = await HtmlAsync("/en/events/online-workshop-brussels-dialogue");
        html.ShouldContain("href=\"http://localhost/sq/ngjarje/punetori-dialogu-i-brukselit\" hreflang=\"sq\"");
        var link = System.Text.RegularExpressions.Regex.Match(html, "href=\"([^\"]*)\" lang=\"sr-Latn\"").Groups[1].Value;
        var response = await _client.GetAsync(System.Net.WebUtility.HtmlDecode(link), Cancel);
        response.Headers.Location!.ToString().ShouldBe("/sr/dogadjaji/onlajn-radionica-briselski-dijalog");
    }

    [Theory]
    [InlineData("/en/nothing", "Page not found")]
    [InlineData("/sq/asgje", "Faqja nuk u gjet")]
    [InlineData("/sr/nista", "Stranica nije pronađena")]
    public async Task A_missing_page_says_so_in_the_language_of_the_address(string path, string text) =>
        (await HtmlAsync(path, HttpStatusCode.NotFound)).ShouldContain(text);

    [Theory]
    [InlineData("/EN/Events", "/en/events")]
    [InlineData("/en/events/?page=2", "/en/events?page=2")]
    public async Task Another_spelling_of_an_address_moves_to_the_canonical_one(string path, string canonical)
    {
        var response = await _client.GetAsync(path, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        response.Headers.Location!.ToString().ShouldBe(canonical);
    }

    [Fact]
    public async Task Nothing_inline_and_nothing_from_elsewhere_is_allowed()
    {
        var response = await _client.GetAsync("/en", Cancel);
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'");
        var html = await response.Content.ReadAsStringAsync(Cancel);
        html.ShouldNotMatch("<script(?! type=\"(application/ld\\+json\">|module\" src=\"/Dialogue/))");
        html.ShouldNotContain("style=\"");
    }

    [Theory]
    [InlineData("/Dialogue/site.css", HttpStatusCode.OK)]
    [InlineData("/Dialogue/%2e%2e/theme.json", HttpStatusCode.NotFound)]
    [InlineData("/Dialogue/../../appsettings.json", HttpStatusCode.NotFound)]
    [InlineData("/Dialogue/..%2f..%2f..%2fappsettings.json", HttpStatusCode.NotFound)]
    public async Task Only_the_themes_public_files_are_served(string path, HttpStatusCode status) => await HtmlAsync(path, status);

    [Fact]
    public async Task Apps_read_the_Serbian_events_in_order()
    {
        // Other tests publish events of the years to come.
        const string query = """{ event(where: { localization: { culture: "sr-latn" }, start_lt: "2027-01-01T00:00:00Z" }, orderBy: { start: ASC }) { displayText start organiser path } }""";
        var response = await _client.PostAsJsonAsync("/api/graphql", new { query }, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["data"]!["event"]!.AsArray();
        events.Count.ShouldBe(4);
        events[0]!["path"]!.GetValue<string>().ShouldBe("sr/dogadjaji/onlajn-radionica-briselski-dijalog");
        events[0]!["organiser"]!.GetValue<string>().ShouldBe("Balkans Policy Research Group");
        events.Select(entry => entry!["start"]!.GetValue<string>()).ShouldBeInOrder();
    }

    [Fact]
    public async Task A_page_names_its_address_and_its_translations_in_full()
    {
        var html = await HtmlAsync("/sq/kontakti");
        html.ShouldContain("<link href=\"http://localhost/sq/kontakti\" rel=\"canonical\" />");
        html.ShouldContain("href=\"http://localhost/sr/kontakt\" hreflang=\"sr-Latn\"");
        html.ShouldContain("href=\"http://localhost/en/contact\" hreflang=\"x-default\"");
    }
}
