using Cms.Core.ContentTypes;
using Cms.Core.Fields;

namespace Cms.Core.Parts;

/// <summary>A template that makes the item's body: <c>{"Liquid"}</c>.</summary>
public sealed class LiquidPart : PartKind
{
    public override string Name => nameof(LiquidPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Liquid", MemberType.Text) { IsPublic = false, IsCode = true });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => new("TextArea");
}
