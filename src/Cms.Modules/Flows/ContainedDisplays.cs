using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Parts;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;

namespace Cms.Modules.Flows;

/// <summary>What a bag shows: <c>Shapes</c>, those of its items in the display type of its settings.</summary>
public sealed class BagPartDisplay : PartDisplay
{
    public override string PartKind => nameof(BagPart);

    public override ValueTask<FluidValue?> MemberAsync(Shape shape, string name, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (name != "Shapes") return ValueTask.FromResult<FluidValue?>(null);
        var display = shape.Value!.Settings?.TextOf("DisplayType") is { Length: > 0 } set ? set : Shape.Detail;
        return ValueTask.FromResult<FluidValue?>(FlowShapes.Of(shape, "ContentItems", display, context));
    }
}

/// <summary>What a flow shows: <c>Shapes</c>, those of its widgets with the classes of their alignment and size.</summary>
public sealed class FlowPartDisplay : PartDisplay
{
    public override string PartKind => nameof(FlowPart);

    public override ValueTask<FluidValue?> MemberAsync(Shape shape, string name, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return ValueTask.FromResult<FluidValue?>(name == "Shapes" ? FlowShapes.Of(shape, "Widgets", Shape.Detail, context) : null);
    }
}

internal static class FlowShapes
{
    /// <summary>The shapes of the items in a member of the part, made once for its shape.</summary>
    public static FluidValue Of(Shape shape, string member, string displayType, TemplateContext context)
    {
        if (shape.Property("Shapes") is { } known) return known;
        var shapes = RenderScope.Of(context).Service<ContentShapes>();
        var items = NestedContent.Items(shape.Value!.In(shape.ContentItem)[member]);
        return shape.Properties["Shapes"] = new ArrayValue([.. items.Select(item => (FluidValue)new ObjectValue(Placed(shapes.BuildContained(item, displayType))))]);
    }

    private static Shape Placed(Shape shape)
    {
        if (shape.ContentItem?.Part(nameof(FlowMetadata)) is not { } metadata) return shape;
        if (metadata.TextOf("Alignment") is { Length: > 0 } alignment) shape.Classes.Add($"widget-align-{ShapeName.HtmlClass(alignment)}");
        if (metadata.TextOf("Size") is { Length: > 0 } size) shape.Classes.Add($"widget-size-{ShapeName.HtmlClass(size)}");
        return shape;
    }
}

/// <summary>Puts the widgets of the page's item into the layout's zones that its <see cref="WidgetsListPart"/> names.</summary>
public sealed class WidgetsListPagePart(ContentShapes shapes) : IPagePart
{
    public ValueTask AddAsync(Shape main, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.Page.Item?.Part(nameof(WidgetsListPart))?["Widgets"] is not JsonObject zones) return ValueTask.CompletedTask;
        foreach (var (zone, widgets) in zones)
        {
            foreach (var item in NestedContent.Items(widgets))
            {
                var metadata = item.Part("WidgetMetadata");
                var rendersTitle = metadata?["RenderTitle"] is null || metadata.FlagOf("RenderTitle");
                scope.Page.Zones.Add(zone, shapes.BuildWidget(item, zone, rendersTitle), metadata?.TextOf("Position") ?? "0");
            }
        }

        return ValueTask.CompletedTask;
    }
}
