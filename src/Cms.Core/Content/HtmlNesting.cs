using System.Buffers;

namespace Cms.Core.Content;

/// <summary>
/// Tells whether parsing a piece of HTML stays cheap. Parsers repair what is not closed, by which a short text can grow into
/// millions of elements; what a person writes is far from these limits.
/// </summary>
public static class HtmlNesting
{
    /// <summary>Elements that may be open at once.</summary>
    public const int MaxDepth = 200;

    /// <summary>The sum of open elements over all start tags: what a parser may have to open anew.</summary>
    private const long MaxWork = 5_000_000;

    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\n\f\r/>");

    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };

    /// <summary>What closes by itself as soon as the next one opens; in itself it nests only through elements that are counted.</summary>
    private static readonly HashSet<string> ClosedByItself = new(StringComparer.OrdinalIgnoreCase)
    {
        "dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
    };

    /// <summary>Whether the text's elements are within the limits. Linear in the length of the text, whatever it holds.</summary>
    public static bool IsBounded(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        var depth = 0;
        var work = 0L;
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            var isEnd = at + 1 < html.Length && html[at + 1] == '/';
            var name = NameAt(html, at + (isEnd ? 2 : 1));
            if (name.IsEmpty) continue;
            if (!isEnd && (work += depth) > MaxWork) return false;
            if (!IsCounted(name)) continue;
            open.TryGetValue(name, out var count);

            // An end tag without its start tag closes nothing.
            if (isEnd && count == 0) continue;
            open[name] = count + (isEnd ? -1 : 1);
            depth += isEnd ? -1 : 1;
            if (depth > MaxDepth) return false;
        }

        return true;
    }

    private static bool IsCounted(ReadOnlySpan<char> name) =>
        !Void.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) && !ClosedByItself.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

    private static ReadOnlySpan<char> NameAt(string html, int start)
    {
        var rest = html.AsSpan(Math.Min(start, html.Length));
        if (rest.IsEmpty || !char.IsAsciiLetter(rest[0])) return [];
        var end = rest[..Math.Min(rest.Length, 64)].IndexOfAny(EndOfName);
        return end < 0 ? rest[..Math.Min(rest.Length, 64)] : rest[..end];
    }
}
