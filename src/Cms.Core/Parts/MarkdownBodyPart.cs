using Cms.Core.Fields;

namespace Cms.Core.Parts;

/// <summary>The body of an item in Markdown: <c>{"Markdown"}</c>. Its HTML is made, and sanitised, where it is shown.</summary>
public sealed class MarkdownBodyPart : PartKind
{
    public override string Name => nameof(MarkdownBodyPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Markdown", MemberType.Markdown));
}
