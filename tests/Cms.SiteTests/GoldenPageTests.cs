using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.SiteTests.Theming;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>
/// Pages and snippets that a live Orchard Core rendered from the golden recipe, rendered by our site, and compared as a browser
/// would show them.
/// </summary>
public sealed partial class GoldenPageTests(GoldenSite site) : IClassFixture<GoldenSite>
{
    private const string Marker = "<!--tpl:Content__Snippet-->";

    /// <summary>Snippets whose output differs on purpose: what ours is, and why.</summary>
    private static readonly Dictionary<string, string> OtherSnippets = new()
    {
        // Slugs and transliteration follow each language's own rules.
        ["006"] = "cirilica-i-djon",
        ["009"] = "Cirilica",
        ["025"] = "Tuesday, July 1, 2025 12:00:00&#x202F;PM", // The text says that it is in UTC, so that nothing is subtracted.
    };

    /// <summary>Pages that differ on purpose.</summary>
    private static readonly Dictionary<string, Func<string, string>> OtherPages = new()
    {
        ["*"] = html => html
            // Orchard Core gives the wrapper of a layer's widget nothing to show; ours shows the widget.
            .Replace(FooterWrapper, "<!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"><!--tpl:Widget--><section class=\"widget widget-text-block\"><!--tpl:HtmlBodyPart--><p>Footer first</p></section></div><!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"><!--tpl:Widget--><section class=\"widget widget-text-block\"><!--tpl:HtmlBodyPart--><p>Footer for all</p></section></div>", StringComparison.Ordinal)

            // The recipe has a template for missing pages, which the contract names; Orchard Core did not take it.
            .Replace("<h1>The page could not be found.</h1>", "<!--tpl:HttpError__404--><p>Nothing on this shelf</p>", StringComparison.Ordinal),

        // A wrapper shows what it wraps; Orchard Core lets no template see it. A video is a link, so that no reader is known to
        // another site without asking for it.
        ["03-tool-saw"] = html => Frame().Replace(html, "<a href=\"https://www.youtube.com/watch?v=abc\" rel=\"noopener\">Watch “Rip Saw” on YouTube</a>").Replace("<box></box>", "<box><!--tpl:HtmlBodyPart--><p>A <strong>long</strong> saw for cuts along the grain.</p></box>", StringComparison.Ordinal),
        ["05-tool-slug-template"] = html => html.Replace("<box></box>", "<box><!--tpl:HtmlBodyPart-->" + Body("tool-drill") + "</box>", StringComparison.Ordinal),
        ["19-item-route"] = html => html.Replace("<box></box>", "<box><!--tpl:HtmlBodyPart--><p>Five metres.</p></box>", StringComparison.Ordinal),

        // What a page does not read does not travel along: it would make a page of its own of whatever a visitor writes.
        ["13-list-page2"] = html => html.Replace("/news?pagenum=2&amp;after=", "/news?after=", StringComparison.Ordinal),

        // A page is never without its title, even where its template shows no part of its item.
        ["06-tool-alias-template"] = html => html.Replace("<title>Golden A</title>", "<title>Spirit Level / Golden A</title>", StringComparison.Ordinal),
    };

    private const string FooterWrapper = "<!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"></div><!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"></div>";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages => [.. Cases("html.json").Select(entry => entry["id"]!.ToString())];

    public static TheoryData<string> Snippets => [.. Cases("liquid.json").Select(entry => entry["id"]!.ToString())];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_what_Orchard_Core_makes_of_it(string id)
    {
        var given = Cases("html.json").Single(entry => entry["id"]!.ToString() == id);
        using var client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, given["request"]!["path"]!.ToString());
        foreach (var (name, value) in given["request"]!["headers"]!.AsObject()) request.Headers.TryAddWithoutValidation(name, value!.ToString());
        using var answer = await client.SendAsync(request, Cancel);
        ((int)answer.StatusCode).ShouldBe(given["response"]!["status"]!.GetValue<int>());
        var expected = OtherPages["*"](given["response"]!["body"]!.ToString());
        if (OtherPages.TryGetValue(id, out var change)) expected = change(expected);
        RenderedHtml.Of((await answer.Content.ReadAsStringAsync(Cancel)).Replace("127.0.0.1:5210", "HOST", StringComparison.Ordinal)).ShouldBe(RenderedHtml.Of(expected));
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task A_snippet_is_what_Orchard_Core_makes_of_it(string id)
    {
        var given = Cases("liquid.json").Single(entry => entry["id"]!.ToString() == id);
        var expected = OtherSnippets.GetValueOrDefault(id) ?? given["expected"]!.ToString();

        // The item has the id that it had there, where the snippet shows it; each site signs the addresses of its images.
        var item = ItemId().Match(expected) is { Success: true } match ? match.Value : "snippet-" + id;
        var html = await RenderAsync(item, id, given["liquid"]!.ToString());
        RenderedHtml.Of(Token().Replace(html, "token=")).ShouldBe(RenderedHtml.Of(Token().Replace(expected, "token=")), given["liquid"]!.ToString());
    }

    private async Task<string> RenderAsync(string itemId, string id, string liquid)
    {
        var item = new ContentItem
        {
            ContentItemId = itemId,
            ContentType = "Snippet",
            DisplayText = "Snip " + id,
            Latest = true,
            Published = true,
            Content = new JsonObject { ["LiquidPart"] = new JsonObject { ["Liquid"] = liquid } },
        };
        await using (var scope = site.NewScope()) await scope.ServiceProvider.GetRequiredService<Import>().ExecuteAsync(item, Cancel);
        using var client = site.CreateClient();
        using var answer = await client.GetAsync(new Uri($"/Contents/ContentItems/{item.ContentItemId}", UriKind.Relative), Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        var start = html.IndexOf(Marker, StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, html);
        return html[(start + Marker.Length)..html.LastIndexOf("</main>", StringComparison.Ordinal)];
    }

    private static string Body(string id) =>
        GoldenSite.Step("content")["data"]!.AsArray().Single(item => item!["ContentItemId"]!.ToString() == id)!["HtmlBodyPart"]!["Html"]!.ToString();

    private static IEnumerable<JsonObject> Cases(string file) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Site.Root, "tests", "Cms.SiteTests", "Golden", file)))!.AsArray().Select(entry => entry!.AsObject());

    [GeneratedRegex(@"(?<=/|\||%2F)4[0-9a-z]{25}\b")]
    private static partial Regex ItemId();

    [GeneratedRegex("<iframe[^>]*></iframe>")]
    private static partial Regex Frame();

    [GeneratedRegex("token=[^&\"]+")]
    private static partial Regex Token();
}
