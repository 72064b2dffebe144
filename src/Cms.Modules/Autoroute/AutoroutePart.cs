using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Autoroute;

/// <summary>The item's address on the site: <c>{"Path",…}</c>, unique, without a slash at either end.</summary>
public sealed class AutoroutePart : PartKind
{
    public const int MaxLength = 1024;

    private const string SetHomepage = "SetHomepage";

    private const string Forbidden = ":?#[]@!$&'()*+,.;=<>\\|%\"";

    public override string Name => nameof(AutoroutePart);

    public override bool IsCollapsed => true;

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Path", MemberType.Text) { IsIndexed = true, IsUnique = true, IsCode = true },
        new ContentMember(SetHomepage, MemberType.Boolean) { IsPublic = false, IsForEditors = true, IsIndexed = true },
        new ContentMember("Disabled", MemberType.Boolean) { IsPublic = false, IsForEditors = true },
        new ContentMember("RouteContainedItems", MemberType.Boolean) { IsPublic = false, IsForEditors = true },
        new ContentMember("Absolute", MemberType.Boolean) { IsPublic = false, IsForEditors = true });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Name switch
        {
            "Path" => new EditorHint(null) { Label = "Address", MaxLength = MaxLength },
            SetHomepage => EditorHint.None with { Right = AutoroutePermissions.SetHomepage },
            _ => EditorHint.None,
        };
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentTypePartDefinition part)
    {
        var path = value.TextOf("Path") ?? "";
        if (path.Length > MaxLength) yield return $"The address is longer than {MaxLength} characters.";
        if (path.FirstOrDefault(c => Forbidden.Contains(c, StringComparison.Ordinal) || char.IsControl(c) || char.IsWhiteSpace(c)) is var bad and not '\0')
            yield return $"The address can't contain “{bad}”; use letters, digits, hyphens and slashes.";
        if (path.StartsWith('/') || path.EndsWith('/')) yield return $"The address can't begin or end with a slash.";
    }
}
