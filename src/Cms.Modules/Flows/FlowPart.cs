using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Flows;

/// <summary>Widgets one after the other: <c>{"Widgets":[item,…]}</c>, each with its <see cref="FlowMetadata"/>.</summary>
public sealed class FlowPart : PartKind
{
    public override string Name => nameof(FlowPart);

    public override ContentShape Shape { get; } = ContentShape.Of(new ContentMember("Widgets", MemberType.ContentItems) { IsList = true });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new EditorHint(null) { ContentTypes = part.Settings.Get<FlowPartSettings>().ContainedContentTypes, Stereotype = Widget.Stereotype, Multiple = true };
    }
}

public sealed class FlowPartSettings
{
    /// <summary>The types that editors may add; empty means every widget.</summary>
    public IReadOnlyList<string> ContainedContentTypes { get; set; } = [];
}

/// <summary>Content types that are used inside pages.</summary>
public static class Widget
{
    public const string Stereotype = "Widget";

    public static bool Is(ContentTypeDefinition type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return string.Equals(type.TypeSettings.Stereotype, Stereotype, StringComparison.OrdinalIgnoreCase);
    }
}
