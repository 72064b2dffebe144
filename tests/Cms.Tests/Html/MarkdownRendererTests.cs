using Cms.Platform.Html;

namespace Cms.Tests.Html;

/// <summary>What Markdown writes as frames, players and inputs reaches readers as something that cleaning leaves.</summary>
public sealed class MarkdownRendererTests
{
    private static readonly MarkdownRenderer Markdown = new(new SanitizedHtml(new HtmlCleaner()));

    [Theory]
    [InlineData("![v](https://www.youtube.com/watch?v=abc)", "<p><a href=\"https://www.youtube.com/watch?v=abc\">v</a></p>\n")]
    [InlineData("![the *video*](https://vimeo.com/8607834)", "<p><a href=\"https://vimeo.com/8607834\">the <em>video</em></a></p>\n")]
    [InlineData("![](https://youtu.be/abc)", "<p><a href=\"https://youtu.be/abc\">https://youtu.be/abc</a></p>\n")]
    [InlineData("![talk](/media/talk.mp4?v=1)", "<p><a href=\"/media/talk.mp4?v=1\">talk</a></p>\n")]
    [InlineData("![sound](talk.mp3)", "<p><a href=\"talk.mp3\">sound</a></p>\n")]
    [InlineData("![map](/media/map.png)", "<p><img src=\"/media/map.png\" alt=\"map\"></p>\n")]
    [InlineData("![map](http://[)", "<p><img src=\"http://%5B\" alt=\"map\"></p>\n")]
    public void A_player_becomes_a_link(string markdown, string html) => Markdown.Render(markdown, sanitize: true).ShouldBe(html);

    [Fact]
    public void What_is_done_is_told_from_what_is_not()
    {
        var html = Markdown.Render("- [x] done\n- [ ] open", sanitize: true);
        html.ShouldContain("☑ done");
        html.ShouldContain("☐ open");
    }

    [Fact]
    public void A_definition_that_keeps_everything_gets_what_the_library_writes()
    {
        Markdown.Render("![v](https://www.youtube.com/watch?v=abc)", sanitize: false).ShouldContain("<iframe");
        Markdown.Render("- [x] done", sanitize: false).ShouldContain("<input");
    }

    [Theory]
    [InlineData("<b>word</b> <script>word2</script>", "word2")]
    [InlineData("a <my-tag> word", "&lt;my-tag&gt; word")]
    [InlineData("[word](javascript:alert(1))", "word")]
    [InlineData("Term\n:   word", "word")]
    [InlineData("x[^1]\n\n[^1]: word", "word")]
    [InlineData("::: note\nword\n:::", "word")]
    [InlineData("| a | b |\n|---|---|\n| word | c |", "word")]
    [InlineData("^^^\nx\n^^^ word", "word")]
    [InlineData("\"\"word\"\" ==word2== ++word3++", "word3")]
    [InlineData("*[HTML]: word\n\nHTML", "word")]
    public void Words_stay(string markdown, string kept) => Markdown.Render(markdown, sanitize: true).ShouldContain(kept);
}
