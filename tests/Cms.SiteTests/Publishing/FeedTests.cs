using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json.Nodes;
using System.Xml;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Cms.SiteTests.Publishing;

/// <summary>Feeds, read by a parser that did not write them.</summary>
public sealed class FeedTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public static TheoryData<string, string, string> Feeds
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (language, section, title) in new[]
            {
                ("en", "news", "News"), ("en", "events", "Events"), ("en", "agreements", "Agreements"), ("sq", "news", "Lajme"), ("sq", "events", "Ngjarje"),
                ("sq", "agreements", "Marrëveshje"), ("sr", "news", "Vesti"), ("sr", "events", "Događaji"), ("sr", "agreements", "Sporazumi"),
            })
            {
                data.Add(language, section, title);
            }

            return data;
        }
    }

    private async Task<SyndicationFeed> ReadAsync(string path)
    {
        using var reader = XmlReader.Create(new StringReader((await _client.GetStringAsync(path, Cancel)).TrimStart('\uFEFF')));
        return SyndicationFeed.Load(reader);
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task Each_section_has_the_same_entries_in_every_format(string language, string section, string title)
    {
        var rss = await ReadAsync($"/{language}/feeds/{section}.rss");
        var atom = await ReadAsync($"/{language}/feeds/{section}.atom");
        var json = JsonNode.Parse(await _client.GetStringAsync($"/{language}/feeds/{section}.json", Cancel))!;
        rss.Title.Text.ShouldStartWith("Balkans Policy Research Group – " + title);
        var entries = rss.Items.ToList();
        entries.Count.ShouldBeGreaterThan(3);
        atom.Items.Select(entry => entry.Title.Text).ShouldBe(entries.Select(entry => entry.Title.Text));
        json["items"]!.AsArray().Select(entry => entry!["title"]!.GetValue<string>()).ShouldBe(entries.Select(entry => entry.Title.Text));
        atom.Items.Select(entry => entry.Id).ShouldBe(entries.Select(entry => entry.Id));
        entries.ShouldAllBe(entry => entry.Links[0].Uri.IsAbsoluteUri && entry.Links[0].Uri.AbsolutePath.StartsWith($"/{language}/") && entry.Summary.Text.Length > 0 && entry.PublishDate.Year >= 2020);
        entries.Select(entry => entry.Id).ShouldBeUnique();
        json["version"]!.GetValue<string>().ShouldBe("https://jsonfeed.org/version/1.1");
    }

    [Theory]
    [InlineData("/en/feeds/news.rss")]
    [InlineData("/sr/feeds/events.atom")]
    [InlineData("/sq/feeds/agreements.json")]
    [InlineData("/en/events.ics")]
    [InlineData("/sr/agreements.csv")]
    [InlineData("/sitemap.xml")]
    public async Task Who_has_it_already_is_told_so(string path)
    {
        var first = await _client.GetAsync(path, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());
        (await _client.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Pages_name_the_feeds_of_their_language()
    {
        var html = await _client.GetStringAsync("/sr/vesti", Cancel);
        foreach (var (format, name) in new[] { ("rss", "RSS"), ("atom", "Atom"), ("json", "JSON Feed") })
            html.ShouldContain($"<link href=\"/sr/feeds/news.{format}\" rel=\"alternate\" title=\"Balkans Policy Research Group – Vesti ({name})\"");
        html.ShouldNotContain("/en/feeds/");
    }

    [Theory]
    [InlineData("/de/feeds/news.rss")]
    [InlineData("/en/feeds/nothing.rss")]
    [InlineData("/en/feeds/news.doc")]
    public async Task There_is_no_feed_of_what_does_not_exist(string path) => (await _client.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
