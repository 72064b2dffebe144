using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Seo;

/// <summary>An item's title, description and previews for search engines and social networks (content-model contract, section 3).</summary>
public sealed class SeoMetaPart : PartKind
{
    internal static readonly string[] ImageMembers = ["DefaultSocialImage", "OpenGraphImage", "TwitterImage"];

    public override string Name => nameof(SeoMetaPart);

    private static readonly string[] Codes = ["Canonical", "MetaRobots", "OpenGraphType", "TwitterCard", "TwitterCreator", "TwitterSite", "GoogleSchema"];

    public override ContentShape Shape { get; } = new(
    [
        new ContentMember("Render", MemberType.Boolean),
        .. Texts("PageTitle", "MetaDescription", "MetaKeywords", "Canonical", "MetaRobots"),
        new ContentMember("CustomMetaTags", MemberType.Json) { IsList = true, IsPublic = false },
        .. Images("DefaultSocialImage", "OpenGraphImage"),
        .. Texts("OpenGraphType", "OpenGraphTitle", "OpenGraphDescription"),
        .. Images("TwitterImage"),
        .. Texts("TwitterTitle", "TwitterDescription", "TwitterCard", "TwitterCreator", "TwitterSite", "GoogleSchema"),
    ]);

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(member);
        ArgumentNullException.ThrowIfNull(part);
        var settings = part.Settings.Get<SeoMetaPartSettings>();
        if (member.Type == MemberType.Json || !settings.Shows(member.Name)) return EditorHint.None;
        return new EditorHint(member.Name.EndsWith("Description", StringComparison.Ordinal) || member.Name == "GoogleSchema" ? "TextArea" : null);
    }

    private static IEnumerable<ContentMember> Texts(params IEnumerable<string> names) => names.Select(name => new ContentMember(name, MemberType.Text) { IsCode = Codes.Contains(name) });

    private static IEnumerable<ContentMember> Images(params IEnumerable<string> names) =>
        names.Select(name => new ContentMember(name, MemberType.Json) { IsPublic = false });
}

/// <summary>Which groups of members the editor shows.</summary>
public sealed class SeoMetaPartSettings
{
    public bool DisplayKeywords { get; set; }
    public bool DisplayOpenGraph { get; set; }
    public bool DisplayTwitter { get; set; }
    public bool DisplayGoogleSchema { get; set; }

    internal bool Shows(string member) =>
        member.StartsWith("OpenGraph", StringComparison.Ordinal) ? DisplayOpenGraph
        : member.StartsWith("Twitter", StringComparison.Ordinal) ? DisplayTwitter
        : member == "GoogleSchema" ? DisplayGoogleSchema
        : member != "MetaKeywords" || DisplayKeywords;
}
