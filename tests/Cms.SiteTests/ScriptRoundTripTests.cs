using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Core.Localization.Scripts;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>The seeded Serbian content in its other script, as data.</summary>
public sealed class ScriptRoundTripTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<JsonNode> AskAsync(string query)
    {
        var response = await site.CreateClient().PostAsJsonAsync("/api/graphql", new { query }, Cancel);
        var answer = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
        answer["errors"].ShouldBeNull(answer.ToJsonString());
        return answer["data"]!;
    }

    [Fact]
    public async Task All_Serbian_content_comes_back_from_Cyrillic_as_it_was()
    {
        await using var scope = site.NewScope();
        var scripts = scope.ServiceProvider.GetRequiredService<ContentInScript>();
        var derived = scripts.Derived("sr-Cyrl")!;
        var back = new ScriptVariant("sr-Cyrl", "sr-Latn", SerbianScript.ToLatin, address => address);
        var items = await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(
            new ContentQuery { Filter = LocalizationFilter.InCulture("sr-Latn"), Take = 500 }, Cancel);
        items.Count.ShouldBeGreaterThan(30);
        foreach (var item in items.Where(item => !ContentItemJson.Write(item).ToJsonString(Readable).Any(letter => letter is >= 'Ѐ' and <= 'ӿ')))
        {
            var cyrillic = ContentItemJson.Write(scripts.Convert(item, derived));
            cyrillic["ContentItemId"]!.ToString().ShouldBe(item.ContentItemId);
            cyrillic["LocalizationPart"]!["Culture"] = "sr-Latn";
            Latin(cyrillic, back);
            Lines(cyrillic).Except(Lines(ContentItemJson.Write(item))).ShouldBeEmpty(item.DisplayText);
            JsonNode.DeepEquals(cyrillic, ContentItemJson.Write(item)).ShouldBeTrue(item.DisplayText);
        }
    }

    private static string[] Lines(JsonNode json) => json.ToJsonString(Readable).Split('\n');

    private static readonly System.Text.Json.JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static void Latin(JsonNode? node, ScriptVariant back)
    {
        if (node is JsonObject json)
        {
            foreach (var (_, value) in json.ToList()) Latin(value, back);
        }
        else if (node is JsonArray array)
        {
            foreach (var value in array.ToList()) Latin(value, back);
        }
        else if (node?.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            node.ReplaceWith(back.Html(node.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Apps_read_Serbian_in_Cyrillic_by_its_culture()
    {
        var answer = await AskAsync("""
            { lat: event(where: { contentItemId: "evt-workshop-2020-sr" }) { displayText path timeZone format organiser project { contentItems { displayText } } }
              cyr: event(where: { AND: [{ contentItemId: "evt-workshop-2020-sr" }, { localization: { culture: "sr-cyrl" } }] }) { contentItemId displayText path timeZone format organiser start localization { culture } project { contentItems { displayText } } } }
            """);
        var (latin, cyrillic) = (answer["lat"]![0]!, answer["cyr"]![0]!);
        cyrillic["displayText"]!.ToString().ShouldBe("Онлајн радионица: „Разговор о Бриселском дијалогу Косова и Србије“");
        cyrillic["localization"]!["culture"]!.ToString().ShouldBe("sr-Cyrl");
        foreach (var code in new[] { "path", "timeZone", "format" }) cyrillic[code]?.ToString().ShouldBe(latin[code]?.ToString());
        cyrillic["organiser"]!.ToString().ShouldBe("Balkans Policy Research Group");
        cyrillic["project"]!["contentItems"]![0]!["displayText"]!.ToString().ShouldStartWith("Унапређење");
    }

    [Fact]
    public async Task A_translation_is_read_in_Cyrillic_too()
    {
        var answer = await AskAsync("""{ event(where: { contentItemId: "evt-workshop-2020-en" }) { localization { localizations(culture: "sr-Cyrl") { displayText } } } }""");
        answer["event"]![0]!["localization"]!["localizations"]![0]!["displayText"]!.ToString().ShouldMatch("^[^A-Za-z]+$");
    }
}
