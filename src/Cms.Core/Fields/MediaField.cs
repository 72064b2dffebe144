using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>
/// Files of the media folder: <c>{"Paths":[],"MediaTexts":[],"Anchors":[],"AttachedFileNames":[]}</c>. The texts describe the
/// files at the same positions for readers who don't see them.
/// </summary>
public sealed class MediaField : FieldKind
{
    public override string Name => nameof(MediaField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Paths", MemberType.MediaPath) { IsList = true },
        new ContentMember("MediaTexts", MemberType.Text) { IsList = true, IsAligned = true, IsPublic = false },
        new ContentMember("Anchors", MemberType.Json) { IsList = true, IsAligned = true, IsPublic = false },
        new ContentMember("AttachedFileNames", MemberType.Text) { IsList = true, IsAligned = true, IsPublic = false, IsCode = true });

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<MediaFieldSettings>();
        if (member.Name != "Paths") return EditorHint.Beside;
        var isAttached = field.FieldSettings.Editor == "Attached";
        return new EditorHint("Media")
        {
            Multiple = settings.Multiple,
            Files = new FileHint(settings.AllowMediaText, settings.AllowAnchors, isAttached, settings.AllowedExtensions),
        };
    }

    public override bool HasValue(JsonObject value) => value.TextsOf("Paths").Count > 0;

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<MediaFieldSettings>();
        var paths = value.TextsOf("Paths");
        if (paths.Count > 1 && !settings.Multiple) yield return $"{field.DisplayName} takes one file only.";
        foreach (var path in paths.Where(path => !MediaPath.IsValid(path))) yield return $"{field.DisplayName}: “{path}” is not a path in the media folder.";
        if (settings.AllowedExtensions.Count == 0) yield break;
        foreach (var path in paths.Where(path => !settings.AllowedExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)))
            yield return $"{field.DisplayName}: “{path}” is of a kind that is not allowed; take {string.Join(", ", settings.AllowedExtensions)}.";
    }
}

public sealed class MediaFieldSettings
{
    public bool Multiple { get; set; } = true;
    public bool AllowMediaText { get; set; } = true;
    public bool AllowAnchors { get; set; }
    public IReadOnlyList<string> AllowedExtensions { get; set; } = [];
}
