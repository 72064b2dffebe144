using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Html;
using Cms.Platform.Localization;
using Cms.Platform.Queries;
using Cms.Platform.Recipes;
using CsCheck;
using Microsoft.Extensions.FileProviders;

namespace Cms.Tests.Hostile;

/// <summary>Readers of what comes from outside, on random and on hostile input: a result or the reader's own exception, and nothing else.</summary>
public sealed class HostileTextTests
{
    /// <summary>Texts of the characters that the readers care about, so that random ones get past the first check.</summary>
    private static Gen<string> TextOf(string alphabet) => Gen.Int[0, alphabet.Length - 1].Select(index => alphabet[index]).Array[0, 60].Select(letters => new string(letters));

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static readonly Gen<JsonNode?> Json = Gen.Recursive<JsonNode?>((depth, inner) => depth > 4
        ? Leaf
        : Gen.Frequency((2, Leaf), (2, Members(inner)), (1, inner.Array[0, 4].Select(values => (JsonNode?)new JsonArray([.. values.Select(value => value?.DeepClone())])))));

    private static Gen<JsonNode?> Leaf => Gen.OneOf(
        Gen.Const<JsonNode?>((JsonNode?)null), Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)), Gen.Double.Select(number => (JsonNode?)(double.IsFinite(number) ? JsonValue.Create(number) : null)),
        AnyOf("", "TitlePart", "Event", "TextField", "2026-01-01T00:00:00Z", "true", "\u0000\uD800", new string('x', 500)).Select(text => (JsonNode?)JsonValue.Create(text)));

    private static Gen<JsonNode?> Members(Gen<JsonNode?> inner) => Gen.Select(AnyOf(
        "ContentItemId", "ContentType", "Latest", "CreatedUtc", "TitlePart", "ContentTypes", "ContentParts", "Name", "PartName", "FieldName", "Settings",
        "ContentTypePartDefinitionRecords", "ContentPartFieldDefinitionRecords", "DisplayName", "ContentTypeSettings", "name", "steps", "variables"), inner).Array[0, 6]
        .Select(members => (JsonNode?)new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))));

    [Fact]
    public void Recipes_of_any_bytes_are_read_or_refused() => Gen.Byte.Array[0, 200].Sample(bytes => Reads(Encoding.UTF8.GetString(bytes)), iter: 100000, threads: 1);

    [Fact]
    public void Recipes_of_any_JSON_are_read_or_refused() => Json.Sample(json => Reads(json?.ToJsonString() ?? "null"), iter: 10000, threads: 1);

    private static void Reads(string json) => Allowing<RecipeException>(() => Recipe.Read("any.recipe.json", json, new NullFileProvider()));

    [Fact]
    public void A_recipe_nested_a_thousand_levels_deep_is_refused_with_its_place()
    {
        var json = $$"""{ "name": "Deep", "steps": [ { "name": "content", "data": {{new string('[', 1000)}}{{new string(']', 1000)}} } ] }""";
        Should.Throw<RecipeException>(() => Recipe.Read("deep.recipe.json", json, new NullFileProvider())).Message.ShouldContain("deep.recipe.json: Malformed JSON at line 1, byte");
    }

    [Fact]
    public void Content_items_of_any_JSON_are_read_and_checked_or_refused() => Json.Sample(json => Allowing<ContentFormatException>(() =>
    {
        var item = ContentItemJson.Read(json as JsonObject ?? []);
        ContentItemJson.Write(item).ToJsonString();
    }), iter: 10000, threads: 1);

    [Fact]
    public void Definitions_of_any_JSON_are_merged_or_refused() => Json.Sample(json => Allowing<ContentDefinitionException, JsonException>(() =>
        ContentDefinitionJson.Write(ContentDefinitionJson.Merge(ContentDefinitions.Empty, json as JsonObject ?? [])).ToJsonString()), iter: 10000, threads: 1);

    [Fact]
    public void PO_files_of_any_text_are_read() => TextOf("msgidstrctx_plual[0123] \"\\\n#~,fuzy").Sample(text => PoFile.Parse(new StringReader(text)).Entries.ShouldAllBe(entry => entry.Id.Length > 0), iter: 10000, threads: 1);

    [Fact]
    public void SQL_templates_of_any_text_are_bound_or_refused() =>
        TextOf("@:'\"-/*\n ab1,)(;").Sample(text => Allowing<StoredQueryException>(() => SqlTemplate.Parse(text).Values(new Dictionary<string, object?> { ["a"] = 1 })), iter: 10000, threads: 1);

    [Fact]
    public void Sanitised_HTML_of_any_text_has_no_way_to_run_script() => TextOf("<>/\"'= abdivscriptonmojaf:&;#x1\0").Sample(text =>
    {
        var clean = new HtmlCleaner().Sanitize($"<div>{text}<img src=x onerror=alert(1)><svg><script>1</script>");
        clean.ShouldNotContain("<script", Case.Insensitive);
        clean.ShouldNotContain("onerror=", Case.Insensitive);
    }, iter: 1000, threads: 1);

    public static TheoryData<string> CostlyHtml() =>
    [
        string.Concat(Enumerable.Repeat("<div>", 100_000)),
        string.Concat(Enumerable.Repeat("<div></span>", 100_000)),
        string.Concat(Enumerable.Range(0, 150).Select(i => $"<b id={i}>")) + string.Concat(Enumerable.Repeat("<p>", 200_000)),
        string.Concat(Enumerable.Repeat("<ul><li>", 50_000)),
    ];

    [Theory]
    [MemberData(nameof(CostlyHtml))]
    public void HTML_that_would_grow_without_end_is_shown_as_text(string html)
    {
        HtmlNesting.IsBounded(html).ShouldBeFalse();
        new HtmlCleaner().Sanitize(html).ShouldStartWith("&lt;");
    }

    [Fact]
    public void Long_pages_with_end_tags_left_out_are_fine()
    {
        var html = "<table>" + string.Concat(Enumerable.Repeat("<tr><td>a<td><b>b</b><br>", 3000)) + "</table><ul>" + string.Concat(Enumerable.Repeat("<li>x", 3000)) + "</ul>" + string.Concat(Enumerable.Repeat("<p>y", 3000));
        HtmlNesting.IsBounded(html).ShouldBeTrue();
    }

    [Theory]
    [InlineData("> ")]
    [InlineData("[")]
    public void Markdown_that_is_nested_too_deep_is_shown_as_text(string repeated) =>
        new MarkdownRenderer(new SanitizedHtml(new HtmlCleaner())).Render(string.Concat(Enumerable.Repeat(repeated, 5000)) + "<b>", sanitize: true).ShouldStartWith("<pre>");

    private static void Allowing<TProblem>(Action read) where TProblem : Exception => Allowing<TProblem, TProblem>(read);

    private static void Allowing<TFirst, TSecond>(Action read) where TFirst : Exception where TSecond : Exception
    {
        try
        {
            read();
        }
        catch (Exception problem) when (problem is TFirst or TSecond)
        {
            problem.Message.ShouldNotBeNullOrWhiteSpace();
        }
    }
}
