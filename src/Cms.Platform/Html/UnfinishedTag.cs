using System.Text;

namespace Cms.Platform.Html;

/// <summary>Finds a tag that never ends, with which a parser drops the rest of the text: <c>a &lt;b</c> typed as plain text.</summary>
internal static class UnfinishedTag
{
    /// <summary>Elements in which nothing is a tag but their own end.</summary>
    private static readonly string[] Raw = ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp", "plaintext"];

    /// <summary>After so many of them nothing more is read as a tag: each costs a look at the rest of the text.</summary>
    private const int MaxUnfinished = 50;

    /// <summary>The text, with the angle bracket of each tag that never ends as an entity.</summary>
    public static string Encode(string html)
    {
        StringBuilder? encoded = null;
        var written = 0;
        for (int at = 0, count = 0; (at = Find(html, at)) >= 0; at++)
        {
            encoded ??= new StringBuilder(html.Length + 16);
            if (++count > MaxUnfinished) return encoded.Append(html[written..].Replace("<", "&lt;", StringComparison.Ordinal)).ToString();
            encoded.Append(html, written, at - written).Append("&lt;");
            written = at + 1;
        }

        return encoded is null ? html : encoded.Append(html, written, html.Length - written).ToString();
    }

    /// <summary>Where the next tag begins that never ends; negative where every tag ends.</summary>
    private static int Find(string html, int start)
    {
        for (var at = IndexOfBracket(html, start); at >= 0; at = IndexOfBracket(html, at))
        {
            if (html.AsSpan(at).StartsWith("<!--"))
            {
                at = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
                if (at < 0) return -1;
                continue;
            }

            var name = NameAt(html, at);
            if (name.Length == 0)
            {
                at++;
                continue;
            }

            var close = EndOf(html, at + 1 + name.Length);
            if (close < 0) return at;
            at = Raw.Contains(name, StringComparer.OrdinalIgnoreCase) ? html.IndexOf("</" + name, close, StringComparison.OrdinalIgnoreCase) : close;
            if (at < 0) return -1;
        }

        return -1;
    }

    private static int IndexOfBracket(string html, int start) => start >= html.Length ? -1 : html.IndexOf('<', start);

    /// <summary>The name of the tag, with the slash of an end tag before it; empty where no tag begins.</summary>
    private static string NameAt(string html, int at)
    {
        var start = at + 1 < html.Length && html[at + 1] == '/' ? at + 2 : at + 1;
        var end = start;
        while (end < html.Length && !char.IsWhiteSpace(html[end]) && html[end] is not ('/' or '>')) end++;
        return start < html.Length && char.IsAsciiLetter(html[start]) ? html[(at + 1)..end] : "";
    }

    /// <summary>Where the tag ends: at the first <c>&gt;</c> that stands in no quoted value.</summary>
    private static int EndOf(string html, int at)
    {
        for (var isValue = false; at < html.Length; at++)
        {
            if (html[at] == '>') return at;
            if (isValue && html[at] is '"' or '\'')
            {
                at = html.IndexOf(html[at], at + 1);
                if (at < 0) return -1;
            }

            isValue = html[at] == '=' || (isValue && char.IsWhiteSpace(html[at]));
        }

        return -1;
    }
}
