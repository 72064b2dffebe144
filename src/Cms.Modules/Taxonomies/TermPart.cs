using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Taxonomies;

/// <summary>The taxonomy that a term belongs to: <c>{"TaxonomyContentItemId"}</c>.</summary>
public sealed class TermPart : PartKind
{
    public override string Name => nameof(TermPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("TaxonomyContentItemId", MemberType.ContentItemId));

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => EditorHint.None;
}
