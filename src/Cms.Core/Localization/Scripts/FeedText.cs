using System.Collections.Frozen;
using System.Net;

namespace Cms.Core.Localization.Scripts;

/// <summary>The texts of RSS and Atom elements.</summary>
internal static class FeedText
{
    private const string CDataBegin = "<![CDATA[";
    private const string CDataEnd = "]]>";

    private static readonly FrozenSet<string> Addresses = Set("link", "guid", "id", "url", "uri", "comments", "docs");
    private static readonly FrozenSet<string> Codes = Set("pubdate", "lastbuilddate", "updated", "published", "dc:date", "email", "generator", "ttl", "width", "height");
    private static readonly FrozenSet<string> Languages = Set("language", "dc:language");

    public static string Convert(string element, string text, ScriptVariant variant)
    {
        if (Codes.Contains(element)) return text;
        if (Addresses.Contains(element)) return variant.Link(text);
        if (Languages.Contains(element)) return variant.Covers(text) ? variant.To : text;
        if (text.StartsWith(CDataBegin, StringComparison.Ordinal) && text.EndsWith(CDataEnd, StringComparison.Ordinal))
            return CDataBegin + variant.Html(text[CDataBegin.Length..^CDataEnd.Length]) + CDataEnd;
        return text.Contains("&lt;", StringComparison.Ordinal) ? Encode(variant.Html(WebUtility.HtmlDecode(text))) : HtmlEntities.ConvertText(text, variant.Text);
    }

    private static string Encode(string html) =>
        html.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
