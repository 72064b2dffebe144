using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cms.SiteTests;

/// <summary>The requests that a live Orchard Core answered, answered by this site.</summary>
public sealed partial class GoldenGraphQLTests(GoldenSite site) : IClassFixture<GoldenSite>
{
    internal static readonly JsonArray Cases =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Site.Root, "tests", "Cms.SiteTests", "Golden", "graphql.json")))!.AsArray();

    /// <summary>Where this site answers otherwise on purpose: what it answers, and why.</summary>
    private static readonly Dictionary<string, (int Status, string Body, string Reason)> Otherwise = new()
    {
        ["01-all-tools"] = (200, WithoutAccounts("01-all-tools"), "Readers are not told names of accounts, nor whether a draft exists."),
        ["08-status-published"] = (200, WithoutAccounts("08-status-published"), "Readers are not told whether a draft exists."),
        ["30-where-author"] = (200, """{"data":{"tool":[]}}""", "To readers no item has an author, so that names of accounts can't be guessed."),
        ["07-tools-first-huge"] = (200,
            """{"data":{"tool":[{"contentItemId":"tool-saw2"},{"contentItemId":"tool-level"},{"contentItemId":"tool-knife"},{"contentItemId":"tool-anvil"},{"contentItemId":"tool-tape"},{"contentItemId":"tool-drill"},{"contentItemId":"tool-plane"},{"contentItemId":"tool-saw"}]},"extensions":{"limited":[{"path":["tool"],"argument":"first","requested":5000,"applied":1000}]}}""",
            "A page that is cut says so."),
        ["10-status-latest"] = (401, """{"errors":[{"message":"","locations":[{"line":1,"column":3}],"extensions":{"code":"VALIDATION_ERROR"}}]}""", "Drafts are for those who may edit them."),
        ["24-where-createdUtc_lt"] = (200,
            """{"data":{"tool":[{"contentItemId":"tool-saw","displayText":"Rip Saw","path":"tools/rip-saw"},{"contentItemId":"tool-plane","displayText":"Block Plane","path":"tools/block-plane"}]}}""",
            "The original compares moments as texts of different precision, so that an equal moment counts as earlier."),
        ["54-render"] = (200,
            """{"data":{"tool":[{"render":"<!--tpl:Content__Tool--><article class=\"tool\"><!--tpl:Tool__TextField--><i>Ostrik</i><!--tpl:Tool__TextField--><i>good</i><div class=\"field field-type-htmlfield field-name-tool-remarks\"></div><div class=\"field field-type-markdownfield field-name-tool-howto\"></div><div class=\"field field-type-booleanfield field-name-tool-powered\">False</div><!--tpl:Tool__Weight--><b>0.2 kg</b><div class=\"field field-type-datefield field-name-tool-acquired\">01/10/2024</div><div class=\"field field-type-datetimefield field-name-tool-serviced\"></div><div class=\"field field-type-datetimefield field-name-tool-pickup-from\">08:15:00</div><div class=\"field field-type-linkfield field-name-tool-manual\"><a target=\"_self\"></a></div><div class=\"field field-type-contentpickerfield field-name-tool-related\"><span class=\"name\">Related</span><span class=\"value\"> No content items.</span></div><div class=\"field field-type-localizationsetpickerfield field-name-tool-reading\"><span class=\"name\">Reading</span><span class=\"value\"> No content items.</span></div><div class=\"field field-type-userpickerfield field-name-tool-keeper\"><span class=\"name\">Keeper</span><span class=\"value\"> No users.</span></div><div class=\"field field-type-taxonomyfield field-name-tool-category\"><span class=\"taxonomy-term\">Measuring</span></div><div class=\"field field-type-taxonomyfield field-display-mode-tags field-name-tool-labels\"></div><div class=\"field field-type-textfield field-name-tool-video\"></div><div class=\"field field-type-geopointfield field-name-tool-spot\">,</div><!--tpl:BoxWrap--><box><!--tpl:HtmlBodyPart--><p>Five metres.</p></box></article>"}]}}""",
            "An item is rendered as on its page, also where a query found it: with the fields that it has no value of, and with what a wrapper wraps."),
        ["61-localizations"] = (200,
            """{"data":{"guide":[{"localization":{"localizations":[{"contentItemId":"guide-sharpen-en","displayText":"Sharpening basics"},{"contentItemId":"guide-sharpen-sr","displayText":"Osnove oštrenja"}],"sr":[{"contentItemId":"guide-sharpen-sr","displayText":"Osnove oštrenja"}]}}]}}""",
            "The Albanian translation is a draft."),
        ["79-query-items"] = (200,
            """{"data":{"recentTools":[{"contentItemId":"tool-saw2","displayText":"Rip Saw"},{"contentItemId":"tool-level","displayText":"Spirit Level"},{"contentItemId":"tool-knife","displayText":"Knife & \"Fork\" <set>"}]}}""",
            "The original leaves one of two queries of the same type out."),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ids => [.. Cases.Select(entry => entry!["id"]!.ToString())];

    /// <summary>The original's answer as those get it who may read the items and not edit them.</summary>
    private static string WithoutAccounts(string id)
    {
        var body = Cases.Single(entry => entry!["id"]!.ToString() == id)!["response"]!["body"]!.DeepClone();
        foreach (var item in body["data"]!.AsObject().SelectMany(list => list.Value!.AsArray()).Select(item => item!.AsObject()))
        {
            foreach (var name in new[] { "owner", "author" }.Where(item.ContainsKey)) item[name] = null;
            if (item.ContainsKey("latest")) item["latest"] = true;
        }

        return body.ToJsonString();
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_request_is_answered_as_Orchard_Core_answers_it(string id)
    {
        var golden = Cases.Single(entry => entry!["id"]!.ToString() == id)!.AsObject();
        using var client = site.CreateClient();
        using var request = Request(golden["request"]!.AsObject());
        using var answer = await client.SendAsync(request, Cancel);
        var (status, expected) = Otherwise.TryGetValue(id, out var own)
            ? (own.Status, JsonNode.Parse(own.Body))
            : (golden["response"]!["status"]!.GetValue<int>(), golden["response"]!["body"]!.DeepClone());
        var body = Normal(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel)), expected);
        expected = Normal(expected, expected);
        body!.ToJsonString().ShouldBe(expected!.ToJsonString(), own.Reason);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/json");
    }

    private static HttpRequestMessage Request(JsonObject golden)
    {
        var request = new HttpRequestMessage(new HttpMethod(golden["method"]!.ToString()), new Uri(golden["path"]!.ToString(), UriKind.Relative));
        if (golden["body"]?.ToString() is not { } body) return request;
        request.Content = new StringContent(body, Encoding.UTF8);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(golden["headers"]!["Content-Type"]!.ToString());
        return request;
    }

    /// <summary>
    /// Without what differs from run to run and from site to site: wording of messages, tokens of images, and what a type of
    /// this site has beyond the original's.
    /// </summary>
    private static JsonNode? Normal(JsonNode? node, JsonNode? expected)
    {
        switch (node)
        {
            case JsonObject json:
                if (json["message"] is not null && json["extensions"] is JsonObject extensions)
                {
                    json.Remove("message");
                    json["extensions"] = new JsonObject { ["code"] = extensions["code"]?.DeepClone() };
                }

                return new JsonObject(json.Select(member => KeyValuePair.Create(member.Key, Normal(member.Value, (expected as JsonObject)?[member.Key]))));
            case JsonArray array:
                var wanted = (expected as JsonArray)?.ToList() ?? [];
                var names = wanted.Select(Name).ToHashSet();
                var kept = array.Parent is JsonObject { } parent && parent.ContainsKey("kind") ? array.Where(entry => names.Contains(Name(entry))) : array;
                return new JsonArray([.. kept.Select((entry, i) => Normal(entry, wanted.ElementAtOrDefault(i)))]);
            case JsonValue value when value.TryGetValue<string>(out var text):
                return text.Contains("<!--tpl:", StringComparison.Ordinal) ? Theming.RenderedHtml.Of(text) : Token().Replace(text, "");
            case JsonValue value when value.TryGetValue<decimal>(out var number):
                return number / 1.000000000000000000m;
            default:
                return node?.DeepClone();
        }
    }

    private static string? Name(JsonNode? entry) => (entry as JsonObject)?["name"]?.ToString();

    [GeneratedRegex(@"&(token|v)=[^&""]+")]
    private static partial Regex Token();
}
