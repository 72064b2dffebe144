using Cms.Platform.Html;

namespace Cms.Tests.Html;

/// <summary>What becomes of text that was typed without tags.</summary>
public sealed class TypedTextTests
{
    [Theory]
    [InlineData("One line", "<p>One line</p>")]
    [InlineData("First\n\nSecond", "<p>First</p>\n<p>Second</p>")]
    [InlineData("First\r\n\r\nSecond\r\nline", "<p>First</p>\n<p>Second<br>line</p>")]
    [InlineData("\n\nFirst\n \t\n\n\nSecond \n", "<p>First</p>\n<p>Second</p>")]
    [InlineData("a < b\n\nc > d & e", "<p>a &lt; b</p>\n<p>c > d & e</p>")]
    [InlineData("if a<b then c>d", "<p>if a&lt;b then c>d</p>")]
    [InlineData("x <!-- y", "<p>x &lt;!-- y</p>")]
    [InlineData("x <!-- note --> y", "<p>x <!-- note --> y</p>")]
    [InlineData("R&D &amp; &nbsp; caf&eacute;", "<p>R&D &amp; &nbsp; caf&eacute;</p>")]
    [InlineData("A <b>bold</b> word and a <a href=\"/x\">link</a>\n\nand on", "<p>A <b>bold</b> word and a <a href=\"/x\">link</a></p>\n<p>and on</p>")]
    [InlineData("One<br>\ntwo<br/>\nthree", "<p>One<br>\ntwo<br/>\nthree</p>")]
    [InlineData("<st1:City>Pristina</st1:City>\n\nMitrovica", "<p><st1:City>Pristina</st1:City></p>\n<p>Mitrovica</p>")]
    [InlineData("[image]/a.png[/image]", "<p>[image]/a.png[/image]</p>")]
    [InlineData("<p>One</p>\n\ntwo", "<p>One</p>\n\ntwo")]
    [InlineData("One\n\n<UL><li>two</UL>", "One\n\n<UL><li>two</UL>")]
    [InlineData("One\n\n<script>two()</script>", "One\n\n<script>two()</script>")]
    [InlineData("  \n ", "  \n ")]
    [InlineData("", "")]
    public void It_becomes_paragraphs_where_no_tag_begins_a_block(string text, string html) => TypedText.ToHtml(text).ShouldBe(html);

    [Theory]
    [InlineData("if a<b then c>d & \"e\"")]
    [InlineData("1 < 2 <3 <four")]
    [InlineData("<b and c> d")]
    [InlineData("I <3 you\nand \"quotes\" 'too'")]
    public void Every_character_is_still_there_to_be_read(string text)
    {
        var html = new HtmlCleaner().Sanitize(TypedText.ToHtml(text));
        using var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html.Replace("<br>", "\n", StringComparison.Ordinal));
        document.Body!.TextContent.ShouldBe(text);
    }

    [Fact]
    public void What_it_makes_is_left_alone_when_it_comes_again()
    {
        var html = TypedText.ToHtml("a <b>c</b>\nd\n\ne");
        TypedText.ToHtml(html).ShouldBe(html);
    }
}
