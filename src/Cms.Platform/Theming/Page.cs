using Cms.Core.Content;
using Fluid.Values;

namespace Cms.Platform.Theming;

/// <summary>What the templates of one response gather: the title, the head's elements and the zones.</summary>
public sealed class Page
{
    /// <summary>The item that the address names, or null on a page of the site's own.</summary>
    public ContentItem? Item { get; init; }

    /// <summary>The culture of everything around the content, where the content is in another one; null where both are the same.</summary>
    public string? ReaderCulture { get; init; }

    /// <summary>Segments of the title, first segment first.</summary>
    public List<string> Title { get; } = [];

    /// <summary>Elements of the head as HTML, in the order in which templates gave them.</summary>
    public List<string> Meta { get; } = [];

    public List<string> Links { get; } = [];

    public List<string> Styles { get; } = [];

    public List<string> Scripts { get; } = [];

    /// <summary>HTML by zone; names compare without case.</summary>
    public Dictionary<string, string> Zones { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What <c>render_body</c> emits.</summary>
    public string Body { get; set; } = "";

    public void AddMeta(params IEnumerable<(string Name, string Value)> attributes) => Meta.Add($"<meta{HtmlText.Attributes(attributes)}>");

    public void AddLink(params IEnumerable<(string Name, string Value)> attributes) => Links.Add($"<link{HtmlText.Attributes(attributes)}>");
}

/// <summary>What a template sees as <c>Model</c>: a shape's type and its properties.</summary>
public sealed class Shape(string type)
{
    public string Type => type;

    public ContentItem? ContentItem { get; init; }

    public string DisplayType { get; init; } = "Detail";

    public Dictionary<string, FluidValue> Properties { get; } = new(StringComparer.OrdinalIgnoreCase);
}
