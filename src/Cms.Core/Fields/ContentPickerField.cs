using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>References to other items: <c>{"ContentItemIds":[]}</c>.</summary>
public sealed class ContentPickerField : FieldKind
{
    public override string Name => nameof(ContentPickerField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("ContentItemIds", MemberType.ContentItemId) { IsList = true, IsIndexed = true });

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<ContentPickerFieldSettings>();
        return new EditorHint("ContentPicker")
        {
            Multiple = settings.Multiple,
            ContentTypes = settings.DisplayAllContentTypes ? [] : settings.DisplayedContentTypes,
            Placeholder = settings.Placeholder,
        };
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var ids = value.TextsOf("ContentItemIds");
        if (ids.Count > 1 && !field.Settings.Get<ContentPickerFieldSettings>().Multiple)
            yield return $"{field.DisplayName} takes one item only.";
    }
}

public sealed class ContentPickerFieldSettings
{
    public bool Multiple { get; set; }
    public bool DisplayAllContentTypes { get; set; }
    public IReadOnlyList<string> DisplayedContentTypes { get; set; } = [];
    public string? Placeholder { get; set; }
}
