using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>Yes or no: <c>{"Value":false}</c>.</summary>
public sealed class BooleanField : FieldKind
{
    public override string Name => nameof(BooleanField);

    public override ContentShape Shape { get; } = ContentShape.Value("Value", MemberType.Boolean);

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return new EditorHint(field.FieldSettings.Editor) { Label = field.Settings.Get<BooleanFieldSettings>().Label };
    }

    public override JsonObject? Default(ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.Settings.Get<BooleanFieldSettings>().DefaultValue ? new JsonObject { ["Value"] = true } : null;
    }
}

public sealed class BooleanFieldSettings
{
    public string? Label { get; set; }
    public bool DefaultValue { get; set; }
}
