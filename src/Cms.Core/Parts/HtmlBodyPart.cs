using Cms.Core.ContentTypes;
using Cms.Core.Fields;

namespace Cms.Core.Parts;

/// <summary>The body of an item as HTML: <c>{"Html"}</c>. Sanitised when it is saved unless its settings say otherwise.</summary>
public sealed class HtmlBodyPart : PartKind
{
    public override string Name => nameof(HtmlBodyPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Html", MemberType.Html));
}

public sealed class HtmlBodyPartSettings
{
    public bool SanitizeHtml { get; set; } = true;
    public bool RenderLiquid { get; set; }
}
