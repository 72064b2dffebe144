using Cms.Core.Fields;

namespace Cms.Core.Parts;

/// <summary>A handle that templates and recipes use instead of an id: <c>{"Alias"}</c>, unique, at most 735 characters.</summary>
public sealed class AliasPart : PartKind
{
    public const int MaxLength = 735;

    public override string Name => nameof(AliasPart);

    public override ContentShape Shape { get; } =
        ContentShape.Of(new ContentMember("Alias", MemberType.Text) { IsIndexed = true, IsUnique = true, IsCode = true });

    public override IEnumerable<FormattableString> Validate(System.Text.Json.Nodes.JsonObject value, ContentTypes.ContentTypePartDefinition part)
    {
        if (Content.JsonValues.TextOf(value, "Alias")?.Length > MaxLength) yield return $"The alias is longer than {MaxLength} characters.";
    }
}
