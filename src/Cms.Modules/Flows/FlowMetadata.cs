using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Modules.Flows;

/// <summary>How a widget stands in its flow: <c>{"Alignment":"Left","Size":100}</c>, the size in percent of the width.</summary>
public sealed class FlowMetadata : PartKind
{
    internal static readonly string[] Alignments = ["Left", "Center", "Right", "Justify"];

    public override string Name => nameof(FlowMetadata);

    public override ContentShape Shape { get; } = ContentShape.Of(
        new ContentMember("Size", MemberType.WholeNumber), new ContentMember("Alignment", MemberType.Text) { IsPublic = false, IsCode = true });

    public override EditorHint Editor(ContentMember member, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Name == "Size"
            ? new EditorHint(null) { Minimum = 1, Maximum = 100 }
            : new EditorHint("Choice", [.. Alignments.Select(name => new Choice(name, name))]);
    }

    public override IEnumerable<FormattableString> Validate(JsonObject value, ContentTypePartDefinition part)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.NumberOf("Size") is < 1 or > 100) yield return $"The size of a widget is a number of percent from 1 to 100.";
    }

    public override ContentTypePartDefinition? AddedTo(ContentTypeDefinition type, ContentDefinitions definitions) => Widget.Is(type) ? Added("metadata") : null;
}
