using System.Text.Json.Nodes;
using Cms.Core.Content;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Shapes;

/// <summary>A part or field as shapes show it. What never changes while the definitions stay is worked out once.</summary>
public sealed class DisplayedValue
{
    public DisplayedValue(ContentValueDefinition definition, PartDisplay? display)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
        Display = display;
        IsSanitized = definition.IsSanitized;
        RendersLiquid = definition.RendersLiquid;
        PartSettings = definition.Part.Settings.ToJson();
        FieldSettings = definition.Field?.Settings.ToJson();
    }

    public ContentValueDefinition Definition { get; }

    /// <summary>What a module adds to the part's model; null where nothing does.</summary>
    public PartDisplay? Display { get; }

    public bool IsSanitized { get; }

    public bool RendersLiquid { get; }

    public JsonObject PartSettings { get; }

    public JsonObject? FieldSettings { get; }

    /// <summary>The settings object of the part's or the field's kind.</summary>
    public JsonObject? Settings => (FieldSettings ?? PartSettings)[Definition.KindName + "Settings"] as JsonObject;

    public JsonObject In(ContentItem? item) => (item is null ? null : Definition.In(item)) ?? [];
}

/// <summary>
/// What the model of a part's shape has beside the part's own members: the items of a list, the shapes of a flow. Asked
/// member by member, so that what no template asks for is never loaded.
/// </summary>
public abstract class PartDisplay
{
    /// <summary>The part kind's name.</summary>
    public abstract string PartKind { get; }

    /// <summary>The member's value, or null where the model has no such member.</summary>
    public abstract ValueTask<FluidValue?> MemberAsync(Shape shape, string name, TemplateContext context);
}

/// <summary>
/// What all shapes of certain types need before a template shows them: values that they are made of, alternates, items.
/// </summary>
public abstract class ShapeKind
{
    /// <summary>The shape types; they compare without case.</summary>
    public abstract IReadOnlyCollection<string> Types { get; }

    /// <summary>Called once before the shape is rendered, and again where a template turned it into another type.</summary>
    public abstract ValueTask PrepareAsync(Shape shape, TemplateContext context);
}
