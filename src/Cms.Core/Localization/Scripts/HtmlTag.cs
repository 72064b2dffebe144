using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Core.Localization.Scripts;

/// <summary>A start tag: its name and attributes, and its text with single values changed.</summary>
internal sealed partial class HtmlTag
{
    private readonly string _text;
    private readonly List<(string Name, Group Value)> _attributes = [];
    private readonly Dictionary<string, string> _changed = new(StringComparer.OrdinalIgnoreCase);

    private HtmlTag(string text, string name)
    {
        _text = text;
        Name = name;
    }

    public string Name { get; }

    public bool IsSelfClosing => _text.EndsWith("/>", StringComparison.Ordinal);

    public IEnumerable<string> AttributeNames => _attributes.Select(attribute => attribute.Name);

    public static HtmlTag Parse(string text)
    {
        var end = 1;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('>' or '/')) end++;
        var tag = new HtmlTag(text, text[1..end].ToLowerInvariant());
        foreach (Match match in Attribute().Matches(text, end)) tag._attributes.Add((match.Groups["name"].Value.ToLowerInvariant(), match.Groups["value"]));
        return tag;
    }

    /// <summary>The attribute's value, decoded; null where the tag has none.</summary>
    public string? this[string name]
    {
        get
        {
            var found = _attributes.FirstOrDefault(attribute => attribute.Name == name);
            return found.Name is null ? null : System.Net.WebUtility.HtmlDecode(Unquoted(found.Value));
        }
    }

    public void Change(string name, Func<string, string> change)
    {
        if (_attributes.FirstOrDefault(attribute => attribute.Name == name) is not { Name: not null } found || !found.Value.Success) return;
        var before = Unquoted(found.Value);
        var after = HtmlEntities.ConvertText(before, change);
        if (after != before) _changed[name] = after;
    }

    public override string ToString()
    {
        if (_changed.Count == 0) return _text;
        var result = new StringBuilder(_text.Length + 32);
        var copied = 0;
        foreach (var (name, value) in _attributes)
        {
            if (!value.Success || !_changed.Remove(name, out var changed)) continue;
            result.Append(_text, copied, value.Index - copied);
            var quote = value.Value[0] == '\'' ? '\'' : '"';
            result.Append(quote).Append(changed).Append(quote);
            copied = value.Index + value.Length;
        }

        return result.Append(_text, copied, _text.Length - copied).ToString();
    }

    private static string Unquoted(Group value)
    {
        var text = value.Value;
        return text.Length > 1 && text[0] is '"' or '\'' ? text[1..^1] : text;
    }

    [GeneratedRegex("""(?<name>[^\s"'>/=]+)(?:\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s"'>]+))?""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attribute();
}
