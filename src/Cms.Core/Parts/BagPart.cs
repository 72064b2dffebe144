using Cms.Core.ContentTypes;
using Cms.Core.Fields;

namespace Cms.Core.Parts;

/// <summary>Items nested in an item: <c>{"ContentItems":[item,…]}</c>. Usually attached under a name of its own.</summary>
public sealed class BagPart : PartKind
{
    public override string Name => nameof(BagPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("ContentItems", MemberType.ContentItems) { IsList = true });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new EditorHint(null) { ContentTypes = part.Settings.Get<BagPartSettings>().ContainedContentTypes, Multiple = true };
    }
}

public sealed class BagPartSettings
{
    public IReadOnlyList<string> ContainedContentTypes { get; set; } = [];
}
