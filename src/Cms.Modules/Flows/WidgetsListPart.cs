using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Flows;

/// <summary>Widgets by the zone of the page that they stand in: <c>{"Widgets":{"Zone":[item,…]}}</c>.</summary>
public sealed class WidgetsListPart : PartKind
{
    public override string Name => nameof(WidgetsListPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Widgets", MemberType.Json) { IsPublic = false });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => EditorHint.None;
}
