namespace Cms.Core.Fields;

/// <summary>Rich text: <c>{"Html"}</c>. Sanitised when it is saved unless its settings say otherwise.</summary>
public sealed class HtmlField : FieldKind
{
    public override string Name => nameof(HtmlField);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Html", MemberType.Html));
}

public sealed class HtmlFieldSettings
{
    public bool SanitizeHtml { get; set; } = true;
    public bool RenderLiquid { get; set; }
}
