using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Time;

namespace Cms.Core.Fields;

/// <summary>Plain text, free or chosen from a predefined list: <c>{"Text"}</c>.</summary>
public sealed class TextField : FieldKind
{
    /// <summary>The editor of a text that is the name of a time zone. Orchard Core, which has none of that name, shows its usual one.</summary>
    public const string TimeZoneEditor = "TimeZone";

    private static readonly List<Choice> Zones = [.. TimeZones.Common.Select(id => new Choice(id, id))];

    public override string Name => nameof(TextField);

    public override ContentShape Shape { get; } = ContentShape.Value("Text", MemberType.Text);

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var settings = field.Settings.Get<TextFieldSettings>();
        var choices = field.FieldSettings.Editor switch { "PredefinedList" => Choices(field), TimeZoneEditor => Zones, _ => null };
        return new EditorHint(choices is null ? field.FieldSettings.Editor : "Choice", choices)
        {
            Placeholder = settings.Placeholder,
            MaxLength = settings.MaxLength > 0 ? settings.MaxLength : null,
        };
    }

    public override JsonObject? Default(ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var text = field.Settings.Get<TextFieldSettings>().DefaultValue
            ?? field.Settings.Get<TextFieldPredefinedListEditorSettings>().DefaultValue;
        return string.IsNullOrEmpty(text) ? null : new JsonObject { ["Text"] = text };
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(field);
        var text = value.TextOf("Text") ?? "";
        var settings = field.Settings.Get<TextFieldSettings>();
        if (settings.MaxLength > 0 && text.Length > settings.MaxLength)
            yield return $"{field.DisplayName} has {text.Length} characters; at most {settings.MaxLength} are allowed.";
        if (settings.MinLength > 0 && text.Length > 0 && text.Length < settings.MinLength)
            yield return $"{field.DisplayName} has {text.Length} characters; at least {settings.MinLength} are needed.";
        if (field.FieldSettings.Editor == "PredefinedList" && text.Length > 0 && Choices(field).All(choice => choice.Value != text))
            yield return $"{field.DisplayName} can't be “{text}”; choose one of the listed values.";
        if (field.FieldSettings.Editor == TimeZoneEditor && text.Length > 0 && !TimeZones.IsKnown(text))
            yield return $"{field.DisplayName}: there is no time zone “{text}”; write a name of the IANA database, such as Europe/Belgrade.";
    }

    private static List<Choice> Choices(ContentFieldDefinition field) =>
        [.. field.Settings.Get<TextFieldPredefinedListEditorSettings>().Options.Select(option => new Choice(option.Name, option.Value))];
}

public sealed class TextFieldSettings
{
    public string? DefaultValue { get; set; }
    public string? Placeholder { get; set; }
    public int MinLength { get; set; }
    public int MaxLength { get; set; }
}

public sealed class TextFieldPredefinedListEditorSettings
{
    public IReadOnlyList<ListOption> Options { get; set; } = [];
    public string? DefaultValue { get; set; }
}

public sealed class ListOption
{
    public string Name { get; set; } = "";
    public string Value { get; set; } = "";
    public bool Default { get; set; }
}
