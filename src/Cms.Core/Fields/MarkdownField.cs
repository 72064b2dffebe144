namespace Cms.Core.Fields;

/// <summary>Text in Markdown: <c>{"Markdown"}</c>. Its HTML is made, and sanitised, where it is shown.</summary>
public sealed class MarkdownField : FieldKind
{
    public override string Name => nameof(MarkdownField);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Markdown", MemberType.Markdown));
}
