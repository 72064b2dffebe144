using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>References to items in whatever language the reader has: <c>{"LocalizationSets":[]}</c>.</summary>
public sealed class LocalizationSetContentPickerField : FieldKind
{
    public override string Name => nameof(LocalizationSetContentPickerField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("LocalizationSets", MemberType.LocalizationSet) { IsList = true, IsIndexed = true, IsPublic = false });

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<LocalizationSetContentPickerFieldSettings>();
        return new EditorHint(null) { Multiple = settings.Multiple, ContentTypes = settings.DisplayedContentTypes };
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (value.TextsOf("LocalizationSets").Count > 1 && !field.Settings.Get<LocalizationSetContentPickerFieldSettings>().Multiple)
            yield return $"{field.DisplayName} takes one item only.";
    }
}

public sealed class LocalizationSetContentPickerFieldSettings
{
    public bool Multiple { get; set; }
    public IReadOnlyList<string> DisplayedContentTypes { get; set; } = [];
}
