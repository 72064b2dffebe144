using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using CsCheck;

namespace Cms.Tests.Content;

public sealed class TextTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n\u00A0\u2003\u3000")]
    [InlineData("\u200B\u200C\u200D\u2060\uFEFF\u00AD\u180E")]
    [InlineData("\u202E\u2066\u0000\u001B")]
    [InlineData("\u115F\u1160\u3164\uFFA0\u2800")]
    [InlineData("\uFE0F\u034F\u0301")]
    public void A_text_that_shows_nothing_is_blank(string text) => VisibleText.IsBlank(text).ShouldBeTrue();

    [Theory]
    [InlineData("a")]
    [InlineData("\u200Bë")]
    [InlineData("…")]
    [InlineData("😀")]
    [InlineData("č\u0301")]
    public void A_text_that_shows_something_is_not(string text) => VisibleText.IsBlank(text).ShouldBeFalse();

    [Theory]
    [InlineData("<p>&nbsp;</p><br />\u200B", true)]
    [InlineData("<!-- words --><p class=\"words\"></p>", true)]
    [InlineData("<p>a</p>", false)]
    [InlineData("<img src=\"a.png\">", false)]
    [InlineData("<hr/>", false)]
    [InlineData("<imgx></imgx>", true)]
    public void HTML_is_blank_where_it_shows_neither_text_nor_picture(string html, bool isBlank) => VisibleText.IsBlankHtml(html).ShouldBe(isBlank);

    [Theory]
    [InlineData("""{"TitlePart":{"Title":"\ud800x"}}""", "TitlePart.Title")]
    [InlineData("""{"A":[{"B":"fine"},{"B":["x","\u0000"]}],"C":1}""", "A[1].B[1]")]
    [InlineData("""{"A":{"b\udfff":1}}""", "A.")]
    [InlineData("""["\udc00\ud800"]""", "[0]")]
    [InlineData("""{"A":{},"B":[[],[[{}]]],"C":"\ud83d\ude00 é \\ud800","D":null}""", null)]
    [InlineData("""{"A":"\ud800""", null)]
    public void Broken_texts_are_found_by_their_paths(string json, string? path) => JsonTexts.FindBroken(Encoding.UTF8.GetBytes(json)).ShouldBe(path);

    [Fact]
    public void What_has_no_broken_text_can_be_read_whole_and_what_has_any_cannot() => Gen.Char['\uD7FE', '\uE002'].Array[0, 4].Select(letters => new string(letters)).Sample(text =>
    {
        var json = $$"""{"a":"{{string.Concat(text.Select(letter => $@"\u{(int)letter:x4}"))}}"}""";
        var isWhole = JsonTexts.FindBroken(Encoding.UTF8.GetBytes(json)) is null;
        isWhole.ShouldBe(JsonTexts.IsWhole(text));
        if (isWhole) JsonNode.Parse(json)!["a"]!.GetValue<string>().ShouldBe(text);
        JsonTexts.IsWhole(JsonNode.Parse(JsonTexts.Repaired(json))!["a"]!.GetValue<string>()).ShouldBeTrue();
    }, iter: 20_000, threads: 1);

    [Fact]
    public void Repairing_leaves_whole_texts_as_they_are()
    {
        const string json = """{"a":"\ud83d\ude00\\ud800 \"\\\\\ud83d\ude00","b":"ud800"}""";
        JsonTexts.Repaired(json).ShouldBe(json);
        JsonTexts.Repaired("""{"a":"\\\ud800\udc"}""").ShouldBe("""{"a":"\\\ufffd\udc"}""");
    }
}
