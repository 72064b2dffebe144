using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Layers;

/// <summary>Puts a widget into a zone of the layout: <c>{"RenderTitle","Position","Zone","Layer"}</c>.</summary>
public sealed class LayerMetadata : PartKind
{
    public override string Name => nameof(LayerMetadata);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("RenderTitle", MemberType.Boolean) { IsPublic = false },
        new ContentMember("Position", MemberType.Number) { IsPublic = false },
        new ContentMember("Zone", MemberType.Text) { IsPublic = false },
        new ContentMember("Layer", MemberType.Text) { IsPublic = false, IsIndexed = true });

    // Where a widget stands is decided where the layers are arranged.
    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => EditorHint.None;

    public override ContentTypePartDefinition? AddedTo(ContentTypeDefinition type, ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(type);
        return string.Equals(type.TypeSettings.Stereotype, "Widget", StringComparison.OrdinalIgnoreCase) ? Added() : null;
    }
}
