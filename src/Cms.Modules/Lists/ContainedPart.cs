using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Lists;

/// <summary>The list that an item is in, and its place there: <c>{"ListContentItemId","ListContentType","Order"}</c>.</summary>
public sealed class ContainedPart : PartKind
{
    public static IndexedField List { get; } = new("ContainedPart.ListContentItemId", MemberType.ContentItemId);

    public static IndexedField Place { get; } = new("ContainedPart.Order", MemberType.WholeNumber);

    public override string Name => nameof(ContainedPart);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("ListContentItemId", MemberType.ContentItemId) { IsIndexed = true },
        new ContentMember("ListContentType", MemberType.Text) { IsCode = true },
        new ContentMember("Order", MemberType.WholeNumber) { IsIndexed = true });

    // Which list an item is in is decided where it is made.
    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part) => EditorHint.None;

    /// <summary>Every type that a list may contain has it; APIs call it after the list's type.</summary>
    public override ContentTypePartDefinition? AddedTo(ContentTypeDefinition type, ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(definitions);
        return definitions.Types.FirstOrDefault(list => Contains(list, type)) is { } container ? Added(container.Name) : null;
    }

    private static bool Contains(ContentTypeDefinition list, ContentTypeDefinition type) => list.Parts.Any(part =>
        part.PartName == nameof(ListPart)
        && part.Settings.Get<ListPartSettings>().ContainedContentTypes.Contains(type.Name, StringComparer.OrdinalIgnoreCase));
}
