using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Search;

/// <summary>A form that leads to the search page: <c>{"IndexName","Placeholder"}</c>. Without a name it searches in the site's default index.</summary>
public sealed class SearchFormPart : PartKind
{
    public override string Name => nameof(SearchFormPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("IndexName", MemberType.Text), new ContentMember("Placeholder", MemberType.Text));
}
