using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Taxonomies;

/// <summary>A tree of terms: <c>{"TermContentType","Terms":[term,…]}</c>. Terms below a term are in its own <c>Terms</c>.</summary>
public sealed class TaxonomyPart : PartKind
{
    public override string Name => nameof(TaxonomyPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("TermContentType", MemberType.Text) { IsCode = true },
        new ContentMember("Terms", MemberType.ContentItems) { IsList = true, ApiName = "contentItems" });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Type == MemberType.ContentItems ? new EditorHint(null) { ContentTypesFrom = "TermContentType", Multiple = true } : new EditorHint("ContentType");
    }
}
