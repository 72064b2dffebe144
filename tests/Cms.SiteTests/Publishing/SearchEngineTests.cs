using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Platform.Recipes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Cms.SiteTests.Publishing;

/// <summary>What search engines and social networks are told: sitemaps, robots.txt, and the heads of pages.</summary>
public sealed class SearchEngineTests(Site site)
{
    private static readonly XNamespace Sitemap = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<XElement> XmlAsync(string path) => XElement.Parse(await _client.GetStringAsync(path, Cancel));

    private async Task<IHtmlDocument> PageAsync(string path) => new HtmlParser().ParseDocument(await _client.GetStringAsync(path, Cancel));

    private async Task RunAsync(string steps)
    {
        await using var scope = site.NewScope();
        await scope.ServiceProvider.GetRequiredService<RecipeExecutor>()
            .ExecuteAsync(Recipe.Read("test.recipe.json", $$"""{ "name": "Test", "steps": [ {{steps}} ] }""", new NullFileProvider()), new RecipeOptions(), Cancel);
    }

    [Fact]
    public async Task Robots_find_the_index_and_from_it_every_page()
    {
        (await _client.GetStringAsync("/robots.txt", Cancel)).ShouldContain("Sitemap: http://localhost/sitemap.xml");
        var pages = new List<string>();
        foreach (var sitemap in (await XmlAsync("/sitemap.xml")).Elements(Sitemap + "sitemap"))
        {
            var address = new Uri(sitemap.Element(Sitemap + "loc")!.Value);
            pages.AddRange((await XmlAsync(address.AbsolutePath)).Elements(Sitemap + "url").Select(page => page.Element(Sitemap + "loc")!.Value));
        }

        pages.ShouldBeUnique();
        foreach (var path in new[] { "/en", "/sq/marreveshjet/liria-e-levizjes", "/sr/dogadjaji/onlajn-radionica-briselski-dijalog", "/en/surveys/what-should-the-dialogue-explain", "/sr/kontakt" })
            pages.ShouldContain("http://localhost" + path);
        foreach (var page in pages.Where((_, i) => i % 7 == 0)) (await _client.GetAsync(page, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, page);
    }

    [Fact]
    public async Task A_page_in_a_sitemap_names_all_its_translations()
    {
        var page = (await XmlAsync("/sitemap-events.xml")).Elements(Sitemap + "url").Single(url => url.Element(Sitemap + "loc")!.Value == "http://localhost/sq/ngjarje/punetori-dialogu-i-brukselit");
        page.Elements(Xhtml + "link").ToDictionary(link => link.Attribute("hreflang")!.Value, link => link.Attribute("href")!.Value).ShouldBe(new Dictionary<string, string>
        {
            ["en"] = "http://localhost/en/events/online-workshop-brussels-dialogue",
            ["sq"] = "http://localhost/sq/ngjarje/punetori-dialogu-i-brukselit",
            ["sr-Latn"] = "http://localhost/sr/dogadjaji/onlajn-radionica-briselski-dijalog",
            ["x-default"] = "http://localhost/en/events/online-workshop-brussels-dialogue",
        }, ignoreOrder: true);
        page.Element(Sitemap + "lastmod")!.Value.ShouldBe("2020-07-23T23:30:00Z");
    }

    [Fact]
    public async Task Sources_limit_rank_and_leave_out()
    {
        await RunAsync("""
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Ranked", "DisplayName": "Ranked", "Settings": { "ContentTypeSettings": { "Securable": true } }, "ContentTypePartDefinitionRecords": [
                { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} }, { "PartName": "SitemapPart", "Name": "SitemapPart", "Settings": {} } ] } ], "ContentParts": [] },
            { "name": "content", "data": [
                { "ContentItemId": "ranked-1", "ContentType": "Ranked", "Latest": true, "Published": true, "AutoroutePart": { "Path": "ranked/1" } },
                { "ContentItemId": "ranked-2", "ContentType": "Ranked", "Latest": true, "Published": true, "AutoroutePart": { "Path": "ranked/2" }, "SitemapPart": { "OverrideSitemapConfig": true, "ChangeFrequency": "Never", "Priority": 10 } },
                { "ContentItemId": "ranked-3", "ContentType": "Ranked", "Latest": true, "Published": true, "AutoroutePart": { "Path": "ranked/3" }, "SitemapPart": { "OverrideSitemapConfig": true, "Exclude": true } },
                { "ContentItemId": "ranked-4", "ContentType": "Ranked", "Latest": true, "Published": false, "AutoroutePart": { "Path": "ranked/4" } } ] },
            { "name": "Sitemaps", "data": [
                { "$type": "OrchardCore.Sitemaps.Models.Sitemap, OrchardCore.Sitemaps.Abstractions", "SitemapId": "ranked", "Name": "Ranked", "Enabled": true, "Path": "ranked-all.xml",
                  "SitemapSources": [ { "$type": "OrchardCore.Sitemaps.Models.ContentTypesSitemapSource", "IndexAll": false, "LimitItems": false, "ContentTypes": [ { "ContentTypeName": "Ranked", "ChangeFrequency": 4, "Priority": 3 } ] } ] },
                { "$type": "Sitemap", "SitemapId": "limited", "Name": "Limited", "Enabled": true, "Path": "ranked-limited.xml",
                  "SitemapSources": [ { "$type": "ContentTypesSitemapSource", "LimitItems": true, "LimitedContentType": { "ContentTypeName": "Ranked", "Skip": 1, "Take": 1, "Priority": 5 } } ] },
                { "$type": "Sitemap", "SitemapId": "off", "Name": "Off", "Enabled": false, "Path": "ranked-off.xml", "SitemapSources": [] } ] }
            """);
        var all = (await XmlAsync("/ranked-all.xml")).Elements(Sitemap + "url")
            .Select(url => (url.Element(Sitemap + "loc")!.Value, url.Element(Sitemap + "changefreq")!.Value, url.Element(Sitemap + "priority")!.Value));
        all.ShouldBe([("http://localhost/ranked/1", "monthly", "0.3"), ("http://localhost/ranked/2", "never", "1.0")]);
        (await XmlAsync("/ranked-limited.xml")).Elements(Sitemap + "url").Select(url => url.Element(Sitemap + "loc")!.Value).ShouldBe(["http://localhost/ranked/2"]);
        (await _client.GetAsync("/ranked-off.xml", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{ "name": "Sitemaps", "data": [ { "$type": "Map", "SitemapId": "x", "Path": "x.xml" } ] }""", "$.data[0].$type: Must be Sitemap or SitemapIndex.")]
    [InlineData("""{ "name": "Sitemaps", "data": [ { "$type": "Sitemap", "SitemapId": "x", "Path": "x" } ] }""", "$.data[0].Path: The path of a sitemap must end in .xml.")]
    [InlineData("""{ "name": "UrlRewriting", "Rules": [ { "Id": "x", "Source": "Redirect", "Pattern": "(", "SubstitutionPattern": "/" } ] }""", "$.Rules[0].Pattern: ")]
    [InlineData("""{ "name": "UrlRewriting", "Rules": [ { "Id": "x", "Source": "Proxy", "Pattern": "a", "SubstitutionPattern": "/" } ] }""", "$.Rules[0].Source: Must be Redirect or Rewrite.")]
    public async Task A_step_that_is_wrong_says_where(string step, string message) => (await Should.ThrowAsync<RecipeException>(() => RunAsync(step))).Message.ShouldContain(message);

    [Fact]
    public async Task A_page_s_head_says_where_it_is_in_which_language_and_how_to_show_it()
    {
        var page = await PageAsync("/sr/dogadjaji/onlajn-radionica-briselski-dijalog");
        page.QuerySelectorAll("link[rel=canonical]").ShouldHaveSingleItem().GetAttribute("href").ShouldBe("http://localhost/sr/dogadjaji/onlajn-radionica-briselski-dijalog");
        page.QuerySelectorAll("link[hreflang]").Where(link => link.GetAttribute("rel") == "alternate").Select(link => link.GetAttribute("hreflang")).ShouldBe(["en", "x-default", "sq", "sr-Latn", "sr-Cyrl"]);
        page.QuerySelector("meta[property='og:title']")!.GetAttribute("content").ShouldStartWith("Onlajn radionica");
        page.QuerySelector("meta[property='og:locale']")!.GetAttribute("content").ShouldBe("sr_RS");
        page.QuerySelector("meta[name='twitter:card']")!.GetAttribute("content").ShouldBe("summary");
        var schemas = page.QuerySelectorAll("script[type='application/ld+json']").Select(script => JsonNode.Parse(script.TextContent)!).ToDictionary(json => json["@type"]!.GetValue<string>());
        schemas.Keys.ShouldBe(["Event", "BreadcrumbList"]);
        schemas["Event"]["startDate"]!.GetValue<string>().ShouldBe("2020-07-24");
        schemas["BreadcrumbList"]["itemListElement"]!.AsArray().Select(step => step!["item"]!.GetValue<string>()).ShouldBe(
            ["http://localhost/sr", "http://localhost/sr/dogadjaji", "http://localhost/sr/dogadjaji/onlajn-radionica-briselski-dijalog"]);
    }

    [Fact]
    public async Task The_organisation_is_described_with_its_hours_and_news_with_its_date()
    {
        JsonNode Schema(IHtmlDocument page, string type) => page.QuerySelectorAll("script[type='application/ld+json']").Select(script => JsonNode.Parse(script.TextContent)!).Single(json => json["@type"]!.GetValue<string>() == type);
        var organisation = Schema(await PageAsync("/sq/kontakti"), "Organization");
        organisation["address"]!["addressLocality"]!.GetValue<string>().ShouldBe("Prishtinë");
        organisation["location"]!["openingHoursSpecification"]!.AsArray().Count.ShouldBe(5);
        var news = (await XmlAsync("/sitemap-news.xml")).Elements(Sitemap + "url").First().Element(Sitemap + "loc")!.Value;
        Schema(await PageAsync(news), "NewsArticle")["datePublished"]!.GetValue<string>().Length.ShouldBe(10);
    }

    [Fact]
    public async Task An_item_s_own_words_win_and_none_of_them_can_leave_the_script_element()
    {
        await RunAsync("""
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Spoken", "DisplayName": "Spoken", "Settings": { "ContentTypeSettings": { "Securable": true } }, "ContentTypePartDefinitionRecords": [
                { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} }, { "PartName": "AutoroutePart", "Name": "AutoroutePart", "Settings": {} }, { "PartName": "SeoMetaPart", "Name": "SeoMetaPart", "Settings": {} } ] } ], "ContentParts": [] },
            { "name": "content", "data": [ { "ContentItemId": "spoken", "ContentType": "Spoken", "DisplayText": "Own", "Latest": true, "Published": true, "AutoroutePart": { "Path": "spoken" }, "SeoMetaPart": {
                "PageTitle": "Better title", "MetaDescription": "Better words", "Canonical": "https://example.org/first", "MetaRobots": "noindex", "OpenGraphTitle": "\"><script>alert(1)</script>",
                "TwitterCard": "player", "CustomMetaTags": [ { "Name": "license", "Content": "CC" } ], "DefaultSocialImage": { "Paths": [ "a b.png" ], "MediaTexts": [ "A picture" ] },
                "GoogleSchema": "{ \"@type\": \"Thing\", \"name\": \"</script><script>alert(1)</script>\" }" } } ] }
            """);
        var html = await _client.GetStringAsync("/spoken", Cancel);
        var page = new HtmlParser().ParseDocument(html);
        page.QuerySelector("title")!.TextContent.ShouldStartWith("Better title");
        page.QuerySelector("meta[name=description]")!.GetAttribute("content").ShouldBe("Better words");
        page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe("https://example.org/first");
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
        page.QuerySelector("meta[name=license]")!.GetAttribute("content").ShouldBe("CC");
        page.QuerySelector("meta[property='og:image']")!.GetAttribute("content").ShouldBe("http://localhost/media/a%20b.png");
        page.QuerySelector("meta[name='twitter:card']")!.GetAttribute("content").ShouldBe("player");
        page.QuerySelectorAll("script:not([src])").Select(script => JsonNode.Parse(script.TextContent)!["name"]?.GetValue<string>()).ShouldContain("</script><script>alert(1)</script>");
    }

    [Fact]
    public async Task The_search_is_described_in_each_language()
    {
        XNamespace search = "http://a9.com/-/spec/opensearch/1.1/";
        (await XmlAsync("/sr/opensearch.xml")).Element(search + "Language")!.Value.ShouldBe("sr-Latn");
        (await _client.GetStringAsync("/sr", Cancel)).ShouldContain("href=\"/sr/opensearch.xml\"");
    }
}
