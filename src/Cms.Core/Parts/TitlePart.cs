using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Core.Fields;

namespace Cms.Core.Parts;

/// <summary>The item's title, mirrored into its display text: <c>{"Title"}</c>.</summary>
public sealed class TitlePart : PartKind
{
    public override string Name => nameof(TitlePart);

    public override string DisplayPlace => "Header:5";

    // Apps read displayText, which is the same text.
    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Title", MemberType.Text) { IsPublic = false });

    public override IEnumerable<FormattableString> Missing(JsonObject value, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var title = value.TextOf("Title") ?? "";
        if (!VisibleText.IsBlank(title)) yield break;
        if (part.Settings.Get<TitlePartSettings>().Options == TitleOptions.EditableRequired) yield return $"Title is required.";
        else if (title.Length > 0) yield return $"Title has no letter that can be seen.";
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentTypePartDefinition part)
    {
        if (value.TextOf("Title")?.Length > 1000) yield return $"Title is longer than 1000 characters.";
    }
}

/// <summary>Keeps the display text equal to the title.</summary>
public sealed class TitleHandler : ContentHandler
{
    public override int Order => -100;

    public override ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Content["TitlePart"] is JsonObject title && title.TextOf("Title") is { Length: > 0 } text) item.DisplayText = text;
        return ValueTask.CompletedTask;
    }
}

public enum TitleOptions
{
    Editable,
    GeneratedDisabled,
    GeneratedHidden,
    EditableRequired,
}

public sealed class TitlePartSettings
{
    public TitleOptions Options { get; set; }
    public string? Pattern { get; set; }
    public bool RenderTitle { get; set; } = true;
}
