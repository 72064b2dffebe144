using System.Collections.Frozen;

namespace Cms.Core.Localization.Scripts;

/// <summary>Where in a document a conversion is: whether text here is converted, and what happens to the attributes of a tag.</summary>
internal sealed class OpenElements(ScriptVariant variant)
{
    private static readonly FrozenSet<string> Code = Set("code", "pre", "kbd", "samp", "var", "math", "svg");
    private static readonly FrozenSet<string> Raw = Set("script", "style", "textarea", "noembed", "xmp");
    private static readonly FrozenSet<string> Void = Set("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");
    private static readonly FrozenSet<string> HumanAttributes = Set("alt", "title", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "label", "summary");
    private static readonly FrozenSet<string> LinkAttributes = Set("href", "action", "formaction", "cite");
    private static readonly FrozenSet<string> HumanMeta = Set(
        "description", "keywords", "application-name", "apple-mobile-web-app-title", "og:title", "og:description", "og:site_name", "og:image:alt",
        "twitter:title", "twitter:description", "twitter:image:alt", "article:section", "article:tag");
    private static readonly FrozenSet<string> LinkMeta = Set("og:url", "twitter:url");
    private static readonly FrozenSet<string> Buttons = Set("submit", "button", "reset");

    private readonly Stack<(string Name, int Depth, bool Converts)> _scopes = new();

    /// <summary>Whether the text here is converted.</summary>
    public bool Converts => !_scopes.TryPeek(out var scope) || scope.Converts;

    /// <summary>The element whose content is no HTML and lasts until its end tag; null outside of such.</summary>
    public string? RawElement { get; private set; }

    /// <summary>The raw element holds data in JSON-LD.</summary>
    public bool IsLinkedData { get; private set; }

    /// <summary>Enters an element, and gives its tag with the attributes converted.</summary>
    public string Begin(HtmlTag tag)
    {
        var converts = Enter(tag);
        if (tag.Name == "html") tag.Change("lang", language => variant.Covers(language) ? variant.To : language);
        if (tag["hreflang"] is not null) return tag.ToString();
        foreach (var name in tag.AttributeNames)
        {
            if (LinkAttributes.Contains(name)) tag.Change(name, variant.Link);
            else if (converts && HumanAttributes.Contains(name)) tag.Change(name, variant.Text);
        }

        if (tag.Name == "meta") ConvertMeta(tag, converts);
        if (converts && tag.Name == "input" && Buttons.Contains(tag["type"] ?? "")) tag.Change("value", variant.Text);
        return tag.ToString();
    }

    public void End(string name)
    {
        if (string.Equals(name, RawElement, StringComparison.OrdinalIgnoreCase)) RawElement = null;
        if (!_scopes.TryPeek(out var scope) || !string.Equals(scope.Name, name, StringComparison.OrdinalIgnoreCase)) return;
        _scopes.Pop();
        if (scope.Depth > 1) _scopes.Push(scope with { Depth = scope.Depth - 1 });
    }

    private bool Enter(HtmlTag tag)
    {
        var converts = IsConverted(tag);
        if (Void.Contains(tag.Name) || tag.IsSelfClosing) return converts;
        if (Raw.Contains(tag.Name))
        {
            RawElement = tag.Name;
            IsLinkedData = converts && tag["type"] == "application/ld+json";
            return converts;
        }

        if (converts != Converts) _scopes.Push((tag.Name, 1, converts));
        else if (_scopes.TryPeek(out var scope) && scope.Name == tag.Name)
        {
            // A paragraph ends where the next begins; other elements of the same name nest.
            _scopes.Pop();
            if (tag.Name != "p") _scopes.Push(scope with { Depth = scope.Depth + 1 });
        }

        return converts;
    }

    private bool IsConverted(HtmlTag tag)
    {
        if (Code.Contains(tag.Name) || tag["hreflang"] is not null) return false;
        if (tag["translate"] is { } translate) return translate.Length == 0 || string.Equals(translate, "yes", StringComparison.OrdinalIgnoreCase);
        return tag["lang"] is { Length: > 0 } language ? variant.Covers(language) : Converts;
    }

    private void ConvertMeta(HtmlTag tag, bool converts)
    {
        var name = tag["property"] ?? tag["name"] ?? "";
        if (LinkMeta.Contains(name)) tag.Change("content", variant.Link);
        else if (name == "og:locale") tag.Change("content", language => variant.Covers(language) ? variant.To : language);
        else if (converts && HumanMeta.Contains(name)) tag.Change("content", variant.Text);
    }

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
