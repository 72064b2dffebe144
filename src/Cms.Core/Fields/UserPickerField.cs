using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Core.Fields;

/// <summary>References to users: <c>{"UserIds":[]}</c>, with their names at the time in <c>UserNames</c>.</summary>
public sealed class UserPickerField : FieldKind
{
    public override string Name => nameof(UserPickerField);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("UserIds", MemberType.UserId) { IsList = true, IsIndexed = true },
        new ContentMember("UserNames", MemberType.Text) { IsList = true, IsPublic = false, IsForEditors = true, IsCode = true });

    public override EditorHint Editor(ContentMember member, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(field);
        if (member.Type != MemberType.UserId) return EditorHint.None;
        var settings = field.Settings.Get<UserPickerFieldSettings>();
        return new EditorHint(null)
        {
            Multiple = settings.Multiple,
            Roles = settings.DisplayAllUsers ? [] : settings.DisplayedRoles,
            Placeholder = settings.Placeholder,
        };
    }

    public override bool HasValue(JsonObject value) => value.TextsOf("UserIds").Count > 0;

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (value.TextsOf("UserIds").Count > 1 && !field.Settings.Get<UserPickerFieldSettings>().Multiple)
            yield return $"{field.DisplayName} takes one user only.";
    }
}

public sealed class UserPickerFieldSettings
{
    public bool Multiple { get; set; }
    public bool DisplayAllUsers { get; set; } = true;
    public IReadOnlyList<string> DisplayedRoles { get; set; } = [];
    public string? Placeholder { get; set; }
}
