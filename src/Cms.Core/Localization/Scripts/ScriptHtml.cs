namespace Cms.Core.Localization.Scripts;

/// <summary>
/// Converts the human text of HTML on its way through: text and the attributes that people read. Addresses, code, scripts, styles,
/// what is marked as another language or as <c>translate="no"</c>, and links to other versions of a page (<c>hreflang</c>) pass
/// unchanged. Input may come in pieces of any size.
/// </summary>
public sealed class ScriptHtml(ScriptVariant variant, TextWriter output)
{
    private readonly OpenElements _open = new(variant);
    private string _pending = "";
    private string _feedElement = "";

    /// <summary>The document is an RSS or Atom feed: texts may be HTML in themselves, and some elements hold addresses or dates.</summary>
    public bool IsFeed { get; init; }

    public void Write(ReadOnlySpan<char> html)
    {
        _pending = string.Concat(_pending, html);
        var position = 0;
        while (position < _pending.Length && End(position) is { } end)
        {
            Pass(_pending[position..end]);
            position = end;
        }

        _pending = _pending[position..];
    }

    /// <summary>Writes what was held back because it might have gone on.</summary>
    public void Complete()
    {
        if (_pending.Length > 0) Pass(_pending);
        _pending = "";
    }

    /// <summary>Where the text, tag or comment that begins here ends; null while that is open.</summary>
    private int? End(int start)
    {
        if (_open.RawElement is { } raw) return Found(_pending.IndexOf("</" + raw, start, StringComparison.OrdinalIgnoreCase), 0) is { } end && end > start ? end : TagEnd(start, raw);
        if (_pending[start] != '<') return Found(_pending.IndexOf('<', start), 0);
        if (start + 3 >= _pending.Length) return null;
        if (_pending.AsSpan(start).StartsWith("<!--")) return Found(_pending.IndexOf("-->", start + 4, StringComparison.Ordinal), 3);
        if (_pending.AsSpan(start).StartsWith("<![")) return Found(_pending.IndexOf("]]>", start, StringComparison.Ordinal), 3);
        return IsTag(_pending[start + 1]) ? TagEnd(start) : Found(_pending.IndexOf('<', start + 1), 0);
    }

    private int? TagEnd(int start, string raw) => _pending.AsSpan(start).StartsWith("</" + raw, StringComparison.OrdinalIgnoreCase) ? TagEnd(start) : null;

    private int? TagEnd(int start)
    {
        var quote = '\0';
        for (var i = start + 1; i < _pending.Length; i++)
        {
            var c = _pending[i];
            if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && _pending[i - 1] is '=' or ' ') quote = c;
            else if (c == '>') return i + 1;
        }

        return null;
    }

    private static int? Found(int index, int length) => index < 0 ? null : index + length;

    private static bool IsTag(char second) => char.IsAsciiLetter(second) || second is '/' or '!' or '?';

    private void Pass(string piece)
    {
        if (IsFeed) output.Write(PassFeed(piece));
        else if (_open.RawElement is not null && !piece.StartsWith("</", StringComparison.Ordinal)) output.Write(_open.IsLinkedData ? ScriptJson.Convert(piece, variant) : piece);
        else if (piece[0] != '<' || piece.Length < 3 || !IsTag(piece[1])) output.Write(_open.Converts ? HtmlEntities.ConvertText(piece, variant.Text) : piece);
        else if (char.IsAsciiLetter(piece[1])) output.Write(_open.Begin(HtmlTag.Parse(piece)));
        else Close(piece);
    }

    private string PassFeed(string piece)
    {
        if (piece[0] != '<' || piece.StartsWith("<![CDATA[", StringComparison.Ordinal)) return FeedText.Convert(_feedElement, piece, variant);
        if (piece.Length < 3 || !char.IsAsciiLetter(piece[1])) return piece;
        var tag = HtmlTag.Parse(piece);
        _feedElement = tag.Name;
        tag.Change("href", variant.Link);
        tag.Change("xml:lang", language => variant.Covers(language) ? variant.To : language);
        return tag.ToString();
    }

    private void Close(string tag)
    {
        if (tag[1] == '/') _open.End(tag[2..].TrimEnd('>', ' ', '\n', '\t', '\r', '/'));
        output.Write(tag);
    }
}
