using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>A link with its text: <c>{"Url","Text","Target"}</c>.</summary>
public sealed class LinkField : FieldKind
{
    public override string Name => nameof(LinkField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Url", MemberType.Url) { IsIndexed = true },
        new ContentMember("Text", MemberType.Text) { IsIndexed = true },
        new ContentMember("Target", MemberType.Text) { IsCode = true });

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<LinkFieldSettings>();
        return member.Name switch
        {
            "Url" => new EditorHint(null) { Placeholder = settings.UrlPlaceholder },
            "Text" when settings.LinkTextMode is LinkTextMode.Optional or LinkTextMode.Required => new EditorHint(null) { Placeholder = settings.TextPlaceholder },
            "Target" => new EditorHint("Choice", [new Choice("New window", "_blank")]),
            _ => EditorHint.None,
        };
    }

    public override JsonObject? Default(ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<LinkFieldSettings>();
        var value = new JsonObject();
        if (!string.IsNullOrEmpty(settings.DefaultUrl)) value["Url"] = settings.DefaultUrl;
        if (!string.IsNullOrEmpty(settings.DefaultText)) value["Text"] = settings.DefaultText;
        if (!string.IsNullOrEmpty(settings.DefaultTarget)) value["Target"] = settings.DefaultTarget;
        return value.Count == 0 ? null : value;
    }

    public override void Normalize(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<LinkFieldSettings>();
        if (value.TextOf("Url") is not { Length: > 0 } url) return;
        if (settings.LinkTextMode == LinkTextMode.Static) value["Text"] = settings.DefaultText;
        if (settings.LinkTextMode == LinkTextMode.Url) value["Text"] = url;
    }

    public override bool HasValue(JsonObject value) => !VisibleText.IsBlank(value.TextOf("Url"));

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        if (value.TextOf("Url") is not { Length: > 0 } url) yield break;
        if (!IsSafe(url))
            yield return $"{field.DisplayName} has an address that is not allowed; use http, https, mailto, tel or a path of this site.";
        if (field.Settings.Get<LinkFieldSettings>().LinkTextMode == LinkTextMode.Required && VisibleText.IsBlank(value.TextOf("Text")))
            yield return $"{field.DisplayName} needs a text for the link.";
    }

    private static bool IsSafe(string url) =>
        url.StartsWith('/') || url.StartsWith("~/", StringComparison.Ordinal) || url.StartsWith('#')
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https" or "mailto" or "tel"));
}

/// <summary>Where a link's text comes from.</summary>
public enum LinkTextMode
{
    Optional,
    Required,
    /// <summary>Always the default text of the settings.</summary>
    Static,
    /// <summary>The address itself.</summary>
    Url,
}

public sealed class LinkFieldSettings
{
    public LinkTextMode LinkTextMode { get; set; }
    public string? UrlPlaceholder { get; set; }
    public string? TextPlaceholder { get; set; }
    public string? DefaultUrl { get; set; }
    public string? DefaultText { get; set; }
    public string? DefaultTarget { get; set; }
}
