using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Cms.SiteTests.Theming;

/// <summary>
/// HTML as a reader gets it, for comparison: white space collapsed as a browser collapses it, so that a space between two words
/// or links counts and one beside a block does not; attributes in the order of their names.
/// </summary>
internal static class RenderedHtml
{
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u",
    };

    private static readonly HashSet<string> Replaced = new(StringComparer.OrdinalIgnoreCase) { "img", "input", "button", "iframe", "select", "textarea", "svg", "video" };

    public static string Of(string html)
    {
        var document = new HtmlParser().ParseDocument(html.Contains("<html", StringComparison.OrdinalIgnoreCase) ? html : $"<html><head></head><body>{html}");
        var text = new Writer();
        foreach (var node in document.ChildNodes) text.Add(node);
        return text.ToString();
    }

    private sealed class Writer
    {
        private readonly StringBuilder _text = new();
        private bool _isAtBlock = true;
        private bool _hasSpace;

        public override string ToString() => _text.ToString();

        public void Add(INode node)
        {
            switch (node)
            {
                case IComment comment: _text.Append("<!--").Append(comment.Data).Append("-->"); break;
                case IText text: AddText(text.Data); break;
                case IElement element: AddElement(element); break;
            }
        }

        private void AddElement(IElement element)
        {
            var name = element.LocalName;
            if (Replaced.Contains(name)) Space();
            else if (!Inline.Contains(name)) Block();
            _text.Append('<').Append(name);
            foreach (var attribute in element.Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal)) _text.Append(' ').Append(attribute.Name).Append("=\"").Append(attribute.Value).Append('"');
            _text.Append('>');
            foreach (var child in element.ChildNodes) Add(child);
            if (!Inline.Contains(name) && !Replaced.Contains(name)) Block();
            _text.Append("</").Append(name).Append('>');
        }

        private void AddText(string data)
        {
            var words = data.Replace('\u202f', ' ').Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (data.Length > 0 && char.IsWhiteSpace(data[0])) _hasSpace = true;
            if (words.Length == 0) return;
            Space();
            _text.AppendJoin(' ', words);
            _hasSpace = char.IsWhiteSpace(data[^1]);
        }

        private void Space()
        {
            if (_hasSpace && !_isAtBlock) _text.Append(' ');
            (_hasSpace, _isAtBlock) = (false, false);
        }

        private void Block() => (_hasSpace, _isAtBlock) = (false, true);
    }
}
