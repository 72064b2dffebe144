using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>Several texts out of a list: <c>{"Values":[]}</c>.</summary>
public sealed class MultiTextField : FieldKind
{
    public override string Name => nameof(MultiTextField);

    public override ContentShape Shape { get; } = ContentShape.Value("Values", MemberType.Text, isList: true);

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var options = field.Settings.Get<MultiTextFieldSettings>().Options;
        return new EditorHint("Choice", [.. options.Select(option => new Choice(option.Name, option.Value))]) { Multiple = true };
    }

    public override JsonObject? Default(ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var chosen = field.Settings.Get<MultiTextFieldSettings>().Options.Where(option => option.Default).Select(option => (JsonNode)option.Value).ToArray();
        return chosen.Length == 0 ? null : new JsonObject { ["Values"] = new JsonArray(chosen) };
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        var values = value.TextsOf("Values");
        var known = field.Settings.Get<MultiTextFieldSettings>().Options.Select(option => option.Value).ToHashSet();
        foreach (var unknown in values.Where(text => known.Count > 0 && !known.Contains(text)))
            yield return $"{field.DisplayName} can't hold “{unknown}”; choose from the listed values.";
    }
}

public sealed class MultiTextFieldSettings
{
    public IReadOnlyList<ListOption> Options { get; set; } = [];
}
