using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Platform.Html;
using CsCheck;

namespace Cms.Tests.Html;

/// <summary>The cleaner keeps the words that people wrote, takes out what could run or load something, and says what it took.</summary>
public sealed partial class HtmlCleanerTests
{
    private static readonly HtmlCleaner Cleaner = new();

    /// <summary>Every element of HTML, past and present, some of SVG and MathML, of word processors and of nobody.</summary>
    private static readonly string[] Tags =
    [
        .. AllowedHtml.Tags, .. AllowedHtml.Replacements.Keys, "applet", "audio", "basefont", "bgsound", "blink", "body", "canvas", "command", "content", "dialog", "element", "frameset",
        "head", "html", "image", "input", "isindex", "keygen", "marquee", "menuitem", "multicol", "nextid", "nobr", "noembed", "noscript", "object", "picture", "rb", "rtc",
        "select", "shadow", "slot", "spacer", "video", "xml", "svg", "g", "text", "foreignObject", "desc", "math", "mi", "mtext", "annotation-xml", "mglyph", "malignmark",
        "st1:City", "o:p", "w:sdt", "v:shape", "my-element", "x", "unknown", "tr-1", "c-w",
    ];

    public static TheoryData<string> EveryTag => [.. Tags.Distinct(StringComparer.OrdinalIgnoreCase)];

    [Theory]
    [MemberData(nameof(EveryTag))]
    public void A_word_in_any_element_stays(string tag)
    {
        foreach (var html in new[] { $"<{tag}>word</{tag}>", $"<p>in <{tag}>word</{tag}> and on</p>", $"<{tag} id=a class=b><b>word</b></{tag}>", $"<{tag}>word" })
        {
            var clean = Cleaner.Clean(html);
            Words(clean.Html).ShouldContain("word", html);
            Cleaner.Sanitize(clean.Html).ShouldBe(clean.Html);
            if (!AllowedHtml.Tags.Contains(tag)) TagsOf(clean.Html).ShouldNotContain(tag.ToLowerInvariant(), html);
        }
    }

    [Fact]
    public void Every_word_of_any_tree_stays_and_cleaning_again_changes_nothing() => Trees(4).Sample(html =>
    {
        var clean = Cleaner.Clean(html);
        Words(clean.Html).Where(word => word != "word").Order().ShouldBe(Word().Matches(html).Select(match => match.Value).Order());
        Cleaner.Clean(clean.Html).Html.ShouldBe(clean.Html);
        Cleaner.Clean(clean.Html).Cuts.ShouldBeEmpty();
    }, iter: 3000, threads: 1);

    [Fact]
    public void What_is_written_of_any_text_holds_only_what_the_table_allows() => Gen.OneOf(OneOf(
        "<svg>", "</svg>", "<math>", "<mtext>", "<style>", "</style>", "<!--", "-->", "<img src=x onerror=alert(1)>", "<p title='", "'>", "<table>", "<mglyph>", "<form>", "</form>",
        "<a href=\"javascript:alert(1)\">", "<noscript>", "</noscript>", "<title>", "</title>", "<textarea>", "<xmp>", "</xmp>", "<select>", "<template>", "<iframe srcdoc='", "<![CDATA[", "]]>",
        "<b>", "</p>", "<annotation-xml encoding=\"text/html\">", "<foreignObject>", "<desc>", "&lt;", "&#60;script&#62;", "<plaintext>", "<frameset>", "<br/>", "\0", "<caption>", "<td>"),
        Gen.String[0, 6]).Array[1, 14].Select(string.Concat).Sample(html => Allowed(Cleaner.Sanitize(html), html), iter: 5000, threads: 1);

    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//x.y></SCRIPT>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "<img src=x onerror=alert(1)>", "<body onload=alert(1)>x",
        "<a href=javascript:alert(1)>x</a>", "<a href=\"java\nscript:alert(1)\">x</a>", "<a href=' &#14; javascript:alert(1)'>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='JaVaScRiPt:alert(1)'>x</a>", "<a href='vbscript:x'>x</a>", "<a href='data:text/html,<script>1</script>'>x</a>", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<a href='\u0001javascript:alert(1)'>x</a>", "<a href='java&Tab;script:alert(1)'>x</a>", "<a href='javascript&colon;alert(1)'>x</a>", "<a href='blob:x'>x</a>", "<a href='file:///etc/passwd'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<iframe src=javascript:alert(1)>", "<object data=javascript:alert(1)>x</object>", "<embed src=javascript:alert(1)>",
        "<p style='background:url(javascript:alert(1))'>x</p>", "<p style='width:expression(alert(1))'>x</p>", "<style>@import 'javascript:alert(1)'</style>", "<link rel=stylesheet href=//x.y>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>", "<input autofocus onfocus=alert(1)>", "<base href=//x.y>", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
        "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<svg><animate onbegin=alert(1) attributeName=x>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>", "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<math href=javascript:alert(1)>x</math>", "<math><annotation-xml encoding='text/html'><style><img src onerror=alert(1)></style>",
        "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
        "<title><p title=\"</title><img src=x onerror=alert(1)>\">", "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">", "<noembed><p title=\"</noembed><img src onerror=alert(1)>\">",
        "<template><img src=x onerror=alert(1)></template>", "<!--><img src=x onerror=alert(1)>-->", "<!--<img src=\"--><img src=x onerror=alert(1)//\">", "<![CDATA[><img src=x onerror=alert(1)>]]>", "<svg><![CDATA[</svg><img src=x onerror=alert(1)>]]></svg>",
        "<?xml <img src=x onerror=alert(1)> ?>", "<table background='javascript:alert(1)'><td>x", "<img src=`javascript:alert(1)`>", "<img \0onerror=alert(1) src=x>", "<p/onclick=alert(1)>x", "<video><source onerror=alert(1)></video>",
        "<select><style></select><img src=x onerror=alert(1)></style>", "<plaintext><img src=x onerror=alert(1)>", "<a ping='//x.y' href='#'>x</a>", "<img srcset='x,javascript:alert(1)'>", "<x onclick=alert(1)>x</x>", "<details ontoggle=alert(1) open>x",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_that_runs_or_loads_gets_through(string html) => Allowed(Cleaner.Sanitize(html), html);

    [Theory]
    [InlineData("<p>in <st1:City>Pristina</st1:City> and <o:p>Mitrovica</o:p></p>", "<p>in Pristina and Mitrovica</p>")]
    [InlineData("<picture><source srcset=x><img src=\"/media/a.png\" alt=\"A\"></picture>", "<img src=\"/media/a.png\" alt=\"A\">")]
    [InlineData("<p><bdo dir=\"rtl\">abc</bdo></p>", "<p><bdo dir=\"rtl\">abc</bdo></p>")]
    [InlineData("<form><p>Name <input value=x></p></form>", "<div><p>Name </p></div>")]
    [InlineData("if a<b then stop", "if a&lt;b then stop")]
    [InlineData("a < b & c", "a &lt; b &amp; c")]
    [InlineData("<p>a<q title=\"never closed>b</p>", "<p>a&lt;q title=\"never closed&gt;b</p>")]
    [InlineData("<p>Çka ndodhi — „šta“ &amp; &nbsp;</p>", "<p>Çka ndodhi — „šta“ &amp; &nbsp;</p>")]
    [InlineData("<a href=\"tel:+38338\" translate=\"no\" lang=\"sq\">x</a>", "<a href=\"tel:+38338\" translate=\"no\" lang=\"sq\">x</a>")]
    public void It_is_known_what_becomes_of(string html, string clean) => Cleaner.Sanitize(html).ShouldBe(clean);

    [Fact]
    public void It_tells_what_it_took_and_where()
    {
        var clean = Cleaner.Clean("<p onclick=\"go()\">a</p>\n<script>\nalert(1)</script>\n<o:p>b</o:p><o:p>c</o:p><!-- note --><iframe src=\"https://x.org\"></iframe>");
        clean.Html.ShouldBe("<p>a</p>\n\nbc");
        clean.Cuts.ShouldBe(
        [
            new HtmlCut(HtmlCutKind.Attribute, "p", "onclick=\"go()\"", 1, 1),
            new HtmlCut(HtmlCutKind.Element, "script", "<script>\nalert(1)</script>", 2, 1),
            new HtmlCut(HtmlCutKind.Tag, "o:p", "<o:p>", 4, 2),
            new HtmlCut(HtmlCutKind.Comment, "", "note", 0, 1),
            new HtmlCut(HtmlCutKind.Element, "iframe", "<iframe src=\"https://x.org\"></iframe>", 4, 1),
        ]);
    }

    [Fact]
    public void What_it_tells_has_an_end()
    {
        var clean = Cleaner.Clean(string.Concat(Enumerable.Range(0, 500).Select(i => $"<script>{i}{new string('x', 5000)}</script>")));
        clean.Cuts.Count.ShouldBe(CleanedHtml.MaxCuts);
        clean.MoreCuts.ShouldBe(500 - CleanedHtml.MaxCuts);
        clean.Cuts.ShouldAllBe(cut => cut.Text.Length <= HtmlCut.MaxText);
    }

    [Fact]
    public void Editors_can_read_the_table()
    {
        var table = JsonNode.Parse(AllowedHtml.ToJson().ToJsonString())!;
        table["tags"]!.AsArray().Select(tag => tag!.ToString()).ShouldBe(AllowedHtml.Tags.Order(StringComparer.Ordinal));
        table["attributes"]!.AsArray().Count.ShouldBe(AllowedHtml.Attributes.Count);
        table["schemes"]!.AsArray().Select(scheme => scheme!.ToString()).ShouldContain("mailto");
        table["replacements"]!["form"]!.ToString().ShouldBe("div");
        AllowedHtml.Tags.ShouldAllBe(tag => !AllowedHtml.DroppedWithContent.Contains(tag) && !AllowedHtml.Replacements.ContainsKey(tag));
    }

    private static void Allowed(string clean, string html)
    {
        using var document = new HtmlParser().ParseDocument("<body>" + clean);
        document.Head!.ChildElementCount.ShouldBe(0, html);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            AllowedHtml.Tags.ShouldContain(element.LocalName, html);
            element.NamespaceUri.ShouldBe("http://www.w3.org/1999/xhtml", html);
            foreach (var attribute in element.Attributes)
            {
                AllowedHtml.Attributes.ShouldContain(attribute.Name, html);
                if (AllowedHtml.Addresses.Contains(attribute.Name)) Scheme().Match(attribute.Value).Groups["scheme"].Value.ShouldBeOneOf("", "http", "https", "mailto", "tel");
            }
        }

        Cleaner.Sanitize(clean).ShouldBe(clean, html);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static Gen<string> Trees(int depth)
    {
        var word = Gen.Int[0, 9999].Select(number => $" w{number}w ");
        if (depth == 0) return word;
        var inner = Trees(depth - 1).Array[0, 3].Select(string.Concat);
        return Gen.Select(OneOf(Tags), inner, word, Gen.Bool, (tag, content, after, isClosed) =>
            tag == "plaintext" ? after : isClosed ? $"<{tag}>{content}</{tag}>{after}" : $"<{tag}>{content}{after}");
    }

    private static string[] Words(string html)
    {
        using var document = new HtmlParser().ParseDocument("<body>" + html);
        return [.. AnyWord().Matches(document.Body!.TextContent).Select(match => match.Value)];
    }

    private static string[] TagsOf(string html)
    {
        using var document = new HtmlParser().ParseDocument("<body>" + html);
        return [.. document.Body!.QuerySelectorAll("*").Select(element => element.LocalName)];
    }

    [GeneratedRegex(@"w\d+w")]
    private static partial Regex Word();

    [GeneratedRegex(@"w\d+w|word")]
    private static partial Regex AnyWord();

    [GeneratedRegex(@"^\s*(?<scheme>[^/?#:]*):")]
    private static partial Regex Scheme();
}
