namespace Cms.Platform.Theming;

/// <summary>The head's <c>meta</c> and <c>link</c> elements.</summary>
public sealed class PageHead
{
    private readonly List<SortedDictionary<string, string>> _meta = [];
    private readonly List<string> _links = [];

    public IEnumerable<string> Meta => _meta.Select(attributes => $"<meta{HtmlText.Attributes(attributes.Select(pair => (pair.Key, pair.Value)))} />");

    public IEnumerable<string> Links => _links.Distinct();

    public int Count => _meta.Count + _links.Count;

    /// <summary>
    /// Adds a <c>meta</c> element. Of one name or property there is one: the last, or with a separator all contents in one.
    /// </summary>
    public void AddMeta(IEnumerable<(string Name, string Value)> attributes, string? separator = null)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        var added = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in attributes) added[name] = value;
        var known = _meta.FindIndex(existing => Same(existing, added, "name") || Same(existing, added, "property") || Same(existing, added, "http-equiv"));
        if (known < 0)
        {
            _meta.Add(added);
            return;
        }

        if (separator is not null && _meta[known].TryGetValue("content", out var content) && added.TryGetValue("content", out var more)) added["content"] = content + separator + more;
        _meta[known] = added;
    }

    /// <summary>Adds a <c>meta</c> element where the page has none of that name yet, and something to say.</summary>
    public void AddMissing(string attribute, string name, string content)
    {
        if (content.Length > 0 && !_meta.Exists(meta => meta.TryGetValue(attribute, out var known) && string.Equals(known, name, StringComparison.OrdinalIgnoreCase)))
            AddMeta([(attribute, name), ("content", content)]);
    }

    public void AddLink(IEnumerable<(string Name, string Value)> attributes, string? condition = null)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        _links.Add(HtmlText.Conditional($"<link{HtmlText.Attributes(attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal))} />", condition));
    }

    private static bool Same(SortedDictionary<string, string> left, SortedDictionary<string, string> right, string attribute) =>
        left.TryGetValue(attribute, out var value) && right.TryGetValue(attribute, out var other) && string.Equals(value, other, StringComparison.OrdinalIgnoreCase);
}
