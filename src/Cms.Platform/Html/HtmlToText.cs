using System.Net;
using System.Text;

namespace Cms.Platform.Html;

/// <summary>The text of HTML, for search: without tags, comments, scripts and styles, and with a space where a tag was.</summary>
public static class HtmlToText
{
    private static readonly string[] Silent = ["script", "style"];

    public static string Read(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (!html.Contains('<', StringComparison.Ordinal)) return WebUtility.HtmlDecode(html).Trim();
        var text = new StringBuilder(html.Length);
        for (var i = 0; i < html.Length;)
        {
            if (html[i] != '<' || !StartsTag(html, i))
            {
                text.Append(html[i++]);
                continue;
            }

            text.Append(' ');
            i = EndOf(html, i);
        }

        return WebUtility.HtmlDecode(string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    private static bool StartsTag(string html, int start) =>
        start + 1 < html.Length && (char.IsAsciiLetter(html[start + 1]) || html[start + 1] is '/' or '!' or '?');

    /// <summary>Where the text goes on after the tag, comment or element without text that begins here.</summary>
    private static int EndOf(string html, int start)
    {
        if (html.AsSpan(start).StartsWith("<!--")) return After(html, "-->", start + 4);
        foreach (var name in Silent)
        {
            if (html.AsSpan(start + 1).StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return After(html, ">", After(html, "</" + name, start) - 1);
        }

        return After(html, ">", start);
    }

    private static int After(string html, string end, int start) =>
        start < html.Length && html.IndexOf(end, start, StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? found + end.Length : html.Length;
}
