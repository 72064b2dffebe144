using System.Net;
using AngleSharp;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Ganss.Xss;
using HtmlFormatter = Ganss.Xss.HtmlFormatter;
using HtmlSanitizer = Ganss.Xss.HtmlSanitizer;

namespace Cms.Platform.Html;

/// <summary>
/// Cleans HTML by the table <see cref="AllowedHtml"/>. What the site's own pass leaves goes through the library with the same table, whose
/// defences against new attacks come with its updates. Thread-safe.
/// </summary>
public sealed class HtmlCleaner : Core.Content.IHtmlSanitizer
{
    private const string Before = "<!doctype html><html><body>";

    /// <summary>Nearly every text is the same after its second pass; one that goes on changing is nobody's text.</summary>
    private const int MaxPasses = 6;

    private static readonly HtmlParser Parser = new(new HtmlParserOptions { IsKeepingSourceReferences = true });

    private static readonly HtmlSanitizer Library = Create();

    public string Sanitize(string html) => Clean(html).Html;

    /// <summary>
    /// The HTML without what is not allowed; as plain text where parsing it would cost too much. What is written is read again until
    /// nothing changes: a parser may read it as another tree than the one that was cleaned (mutation XSS).
    /// </summary>
    public CleanedHtml Clean(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var cuts = new HtmlCuts();
        var text = UnfinishedTag.Encode(html);
        for (var pass = 0; pass < MaxPasses && HtmlNesting.IsBounded(text); pass++)
        {
            var clean = Pass(text, cuts);
            if (clean == text) return new CleanedHtml(clean, cuts.Listed) { MoreCuts = cuts.More };
            text = clean;
        }

        return new CleanedHtml(WebUtility.HtmlEncode(html), []);
    }

    private static string Pass(string html, HtmlCuts cuts)
    {
        using var document = Parser.ParseDocument(Before + html);
        var body = document.Body!;
        new HtmlPass(document, cuts).Clean(body);
        Library.SanitizeDom(document, body);
        return body.ChildNodes.ToHtml(HtmlFormatter.Instance);
    }

    private static HtmlSanitizer Create() => new(new HtmlSanitizerOptions
    {
        AllowedTags = AllowedHtml.Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
        AllowedAttributes = AllowedHtml.Attributes.ToHashSet(StringComparer.OrdinalIgnoreCase),
        AllowedSchemes = AllowedHtml.Schemes.ToHashSet(StringComparer.OrdinalIgnoreCase),
        UriAttributes = HtmlSanitizerDefaults.UriAttributes.Union(AllowedHtml.Addresses).ToHashSet(StringComparer.OrdinalIgnoreCase),
    });
}
