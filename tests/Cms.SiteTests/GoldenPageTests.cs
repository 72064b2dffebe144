using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>
/// Pages and snippets that a live Orchard Core rendered from the golden recipe, rendered by our site. Insignificant white space
/// is normalised, and letters that Orchard Core writes as references count as the letters that they are.
/// </summary>
public sealed partial class GoldenPageTests(GoldenSite site) : IClassFixture<GoldenSite>
{
    private const string Marker = "<!--tpl:Content__Snippet-->";

    /// <summary>Snippets whose output differs on purpose: what ours is, and why.</summary>
    private static readonly Dictionary<string, string?> OtherSnippets = new()
    {
        ["006"] = null, // Slugs and transliteration follow each language's own rules; the languages' tests say which.
        ["009"] = null,
        ["015"] = null, // The token in the address of a resized image is each site's own; the media tests say how it is made.
        ["016"] = null,
        ["018"] = null, // Media filters have tests of their own.
        ["025"] = "Tuesday, July 1, 2025 12:00:00&#x202F;PM", // The text says that it is in UTC, so that nothing is subtracted.
        ["109"] = null, // Where a switch of language leads to is stated by the tests of languages.
        ["090"] = null, // The address holds the id of the item that the test makes.
        ["117"] = null,
    };

    /// <summary>Pages that differ on purpose.</summary>
    private static readonly Dictionary<string, Func<string, string>> OtherPages = new()
    {
        ["*"] = html => html
            // Orchard Core gives the wrapper of a layer's widget nothing to show; ours shows the widget.
            .Replace(FooterWrapper, "<!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"><!--tpl:Widget--><section class=\"widget widget-text-block\"><!--tpl:HtmlBodyPart--><p>Footer first</p></section></div><!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"><!--tpl:Widget--><section class=\"widget widget-text-block\"><!--tpl:HtmlBodyPart--><p>Footer for all</p></section></div>", StringComparison.Ordinal)

            // The recipe has a template for missing pages, which the contract names; Orchard Core did not take it.
            .Replace("<h1>The page could not be found.</h1>", "<!--tpl:HttpError__404--><p>Nothing on this shelf</p>", StringComparison.Ordinal),

        // A wrapper shows what it wraps; Orchard Core lets no template see it.
        ["03-tool-saw"] = html => html.Replace("<box></box>", "<box><!--tpl:HtmlBodyPart--><p>A <strong>long</strong> saw for cuts along the grain.</p></box>", StringComparison.Ordinal),
        ["05-tool-slug-template"] = html => html.Replace("<box></box>", "<box><!--tpl:HtmlBodyPart-->" + Body("tool-drill") + "</box>", StringComparison.Ordinal),
        ["19-item-route"] = html => html.Replace("<box></box>", "<box><!--tpl:HtmlBodyPart--><p>Five metres.</p></box>", StringComparison.Ordinal),

        // A page is never without its title, even where its template shows no part of its item.
        ["06-tool-alias-template"] = html => html.Replace("<title>Golden A</title>", "<title>Spirit Level / Golden A</title>", StringComparison.Ordinal),
    };

    private const string FooterWrapper = "<!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"></div><!--tpl:Widget_Wrapper__Zone__Footer--><div class=\"fw\"></div>";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Pages whose item has no language of its own; which one they speak is stated by the tests of languages.</summary>
    private static readonly string[] InAnotherLanguage = ["18-culture-query", "21-culture-header"];

    public static TheoryData<string> Pages => [.. Cases("html.json").Select(entry => entry["id"]!.ToString()).Except(InAnotherLanguage)];

    public static TheoryData<string> Snippets =>
        [.. Cases("liquid.json").Select(entry => entry["id"]!.ToString()).Where(id => !OtherSnippets.TryGetValue(id, out var other) || other is not null)];

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
        var expected = OtherPages["*"](Normal(given["response"]!["body"]!.ToString()));
        if (OtherPages.TryGetValue(id, out var change)) expected = change(expected);
        Normal((await answer.Content.ReadAsStringAsync(Cancel)).Replace("127.0.0.1:5210", "HOST", StringComparison.Ordinal)).ShouldBe(Normal(expected));
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task A_snippet_is_what_Orchard_Core_makes_of_it(string id)
    {
        var given = Cases("liquid.json").Single(entry => entry["id"]!.ToString() == id);
        var expected = OtherSnippets.GetValueOrDefault(id) ?? given["expected"]!.ToString();
        var html = await RenderAsync(id, given["liquid"]!.ToString());
        Normal(html).ShouldBe(Normal(expected), given["liquid"]!.ToString());
    }

    private async Task<string> RenderAsync(string id, string liquid)
    {
        var item = new ContentItem
        {
            ContentItemId = "snippet-" + id,
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

    internal static string Normal(string html)
    {
        var letters = References().Replace(html, match => int.Parse(match.Groups[1].Value, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) is > 127 and var code
            ? char.ConvertFromUtf32(code) : match.Value);
        var spaces = Spaces().Replace(letters, " ").Replace("\u202f", " ", StringComparison.Ordinal);
        return BetweenTags().Replace(spaces, "$1").Trim();
    }

    [GeneratedRegex("&#x([0-9A-F]+);")]
    private static partial Regex References();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // White space beside a tag shows nowhere in these pages.
    [GeneratedRegex(@"\s*(<[^>]+>)\s*")]
    private static partial Regex BetweenTags();
}
