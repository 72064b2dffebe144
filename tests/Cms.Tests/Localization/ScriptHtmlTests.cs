using Cms.Core.Localization;
using Cms.Core.Localization.Scripts;

namespace Cms.Tests.Localization;

public sealed class ScriptHtmlTests
{
    private static readonly ScriptVariant Variant = new(
        "sr-Latn", "sr-Cyrl", DerivedCulture.Conversion("sr-Latn", "sr-Cyrl")!,
        address => address == "/sr" || address.StartsWith("/sr/", StringComparison.Ordinal) ? "/sr-cyrl" + address[3..] : address);

    public static TheoryData<string, string> Cases { get; } = new()
    {
        { "<p>Ljudi &amp; konji</p>", "<p>Људи &amp; коњи</p>" },
        { "<p>&#352;uma, 5&nbsp;km, &lt;b&gt;</p>", "<p>Шума, 5&nbsp;km, &lt;б&gt;</p>" },
        { "<html lang=\"sr-Latn\" dir=\"ltr\"><title>Vesti</title>", "<html lang=\"sr-Cyrl\" dir=\"ltr\"><title>Вести</title>" },
        { "<a href=\"/sr/vesti\" class=\"vest\" id=\"vest\" title=\"Vesti\">Vesti</a>", "<a href=\"/sr-cyrl/vesti\" class=\"vest\" id=\"vest\" title=\"Вести\">Вести</a>" },
        { "<img src=\"/slika.jpg\" alt='Slika \"konja\"'>", "<img src=\"/slika.jpg\" alt='Слика \"коња\"'>" },
        { "<input placeholder=Traži value=\"reč\"><input type=submit value=Traži>", "<input placeholder=\"Тражи\" value=\"reč\"><input type=submit value=\"Тражи\">" },
        { "<time datetime=\"2020-07-24\">24. jul</time>", "<time datetime=\"2020-07-24\">24. јул</time>" },
        { "<p>Kod <code>var x</code> i <pre>a<b>c</b></pre> i <kbd>Esc</kbd></p>", "<p>Код <code>var x</code> и <pre>a<b>c</b></pre> и <kbd>Esc</kbd></p>" },
        { "<script>let a = '<p>da</p>';</script><style>p{}</style>da", "<script>let a = '<p>da</p>';</script><style>p{}</style>да" },
        { "<textarea>moj tekst</textarea> da", "<textarea>moj tekst</textarea> да" },
        { "<div lang=\"en\"><div>Good day</div> <span lang=\"sr\">dan</span></div> dan", "<div lang=\"en\"><div>Good day</div> <span lang=\"sr\">дан</span></div> дан" },
        { "<p lang=en>Day<p>dan", "<p lang=en>Day<p>дан" },
        { "<b translate=\"no\">Dom</b> dom", "<b translate=\"no\">Dom</b> дом" },
        { "<a href=\"/sr/vesti\" lang=\"sr-Latn\" hreflang=\"sr-Latn\">Srpski</a> dom", "<a href=\"/sr/vesti\" lang=\"sr-Latn\" hreflang=\"sr-Latn\">Srpski</a> дом" },
        { "<meta name=\"description\" content=\"Opis\"><meta name=\"viewport\" content=\"width=device-width\">", "<meta name=\"description\" content=\"Опис\"><meta name=\"viewport\" content=\"width=device-width\">" },
        { "<meta content=\"Naslov\" property=\"og:title\"><meta property=\"og:locale\" content=\"sr-Latn\">", "<meta content=\"Наслов\" property=\"og:title\"><meta property=\"og:locale\" content=\"sr-Cyrl\">" },
        {
            "<script type=\"application/ld+json\">{\"@type\":\"Event\",\"name\":\"Vesti\",\"url\":\"/sr/vesti\",\"inLanguage\":\"sr-Latn\"}</script>",
            "<script type=\"application/ld+json\">{\"@type\":\"Event\",\"name\":\"Вести\",\"url\":\"/sr/vesti\",\"inLanguage\":\"sr-Cyrl\"}</script>"
        },
        { "<!-- komentar <p>da</p> --><!doctype html>da", "<!-- komentar <p>da</p> --><!doctype html>да" },
        { "a < b i 3 <5", "а < б и 3 <5" },
        { "<svg><text>Vest</text></svg><br/>da", "<svg><text>Vest</text></svg><br/>да" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Human_text_is_converted_and_nothing_else(string html, string expected) => Variant.Html(html).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pieces_of_any_size_give_the_same(string html, string expected)
    {
        using var output = new StringWriter();
        var converter = new ScriptHtml(Variant, output);
        foreach (var letter in html) converter.Write([letter]);
        converter.Complete();
        output.ToString().ShouldBe(expected);
    }

    [Fact]
    public void A_feed_has_its_texts_converted_and_its_addresses_led_on()
    {
        const string feed = """
            <?xml version="1.0"?><rss version="2.0"><channel><title>Vesti</title><link>/sr/vesti</link><language>sr-Latn</language>
            <item><title>Ljudi &amp; konji</title><guid>/sr/vesti/1</guid><pubDate>Fri, 24 Jul 2020 10:00:00 GMT</pubDate>
            <description>&lt;p&gt;O &lt;a href="/sr/vesti"&gt;vesti&lt;/a&gt;&lt;/p&gt;</description><content:encoded><![CDATA[<p>Dom</p>]]></content:encoded></item></channel></rss>
            """;
        using var output = new StringWriter();
        var converter = new ScriptHtml(Variant, output) { IsFeed = true };
        converter.Write(feed);
        converter.Complete();
        output.ToString().ShouldBe("""
            <?xml version="1.0"?><rss version="2.0"><channel><title>Вести</title><link>/sr-cyrl/vesti</link><language>sr-Cyrl</language>
            <item><title>Људи &amp; коњи</title><guid>/sr-cyrl/vesti/1</guid><pubDate>Fri, 24 Jul 2020 10:00:00 GMT</pubDate>
            <description>&lt;p&gt;О &lt;a href="/sr-cyrl/vesti"&gt;вести&lt;/a&gt;&lt;/p&gt;</description><content:encoded><![CDATA[<p>Дом</p>]]></content:encoded></item></channel></rss>
            """);
    }

    [Theory]
    [InlineData("<p")]
    [InlineData("<p title=\"da")]
    [InlineData("<!-- da")]
    [InlineData("<script>da")]
    [InlineData("</")]
    [InlineData("&#1")]
    public void Broken_markup_passes_without_loss(string html) => Variant.Html(html).Length.ShouldBe(html.Length);
}
