using Cms.Core.Content;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Filters that make shapes and render them.</summary>
internal static class ShapeFilters
{
    /// <summary>Times that an item may stand within itself where the template does not say; beyond it, nothing is shown.</summary>
    private const int MaxRecursions = 20;

    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("shape_build_display", BuildDisplayAsync);
        filters.AddFilter("shape_new", (input, arguments, context) => new ObjectValue(ShapeTags.Make(
            input.ToStringValue(), arguments.Names.Select(name => (name, arguments[name])), context)));
        filters.AddFilter("shape_properties", (input, arguments, _) => SetProperties(input, arguments));
        filters.AddFilter("shape_render", RenderAsync);
        filters.AddFilter("shape_stringify", RenderAsync);
    }

    private static async ValueTask<FluidValue> BuildDisplayAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var shapes = RenderScope.Of(context).Service<ContentShapes>();
        var displayType = arguments.HasNamed("display_type") ? arguments["display_type"] : arguments.At(0);
        if (input is ArrayValue list)
        {
            var built = list.Values.Select(value => ItemOf(value)).OfType<ContentItem>().Where(MayShow).Select(item => (FluidValue)new ObjectValue(shapes.Build(item, displayType.ToStringValue())));
            return new ArrayValue([.. built]);
        }

        var found = ItemOf(input) ?? await LiquidFilters.ItemAsync(input, context).ConfigureAwait(false);
        return found is null || !MayShow(found) ? NilValue.Instance : new ObjectValue(shapes.Build(found, displayType.ToStringValue()));

        bool MayShow(ContentItem item) =>
            RenderScope.Of(context).Page.ShownWithin(item.ContentItemId) < (arguments.HasNamed("max_recursions") ? arguments["max_recursions"].ToNumberValue() : MaxRecursions);
    }

    /// <summary>An item, or an item nested in another as JSON.</summary>
    private static ContentItem? ItemOf(FluidValue value) => value.ToObjectValue() switch
    {
        ContentItem item => item,
        System.Text.Json.Nodes.JsonObject json => NestedContent.Item(json),
        _ => null,
    };

    private static FluidValue SetProperties(FluidValue input, FilterArguments arguments)
    {
        if (input.ToObjectValue() is not Shape shape) return NilValue.Instance;
        foreach (var name in arguments.Names) shape.Properties[TagArguments.PascalCase(name)] = arguments[name];
        return input;
    }

    private static async ValueTask<FluidValue> RenderAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        if (input is ArrayValue list)
        {
            var all = new System.Text.StringBuilder();
            foreach (var value in list.Values) all.Append((await RenderAsync(value, arguments, context).ConfigureAwait(false)).ToStringValue());
            return new StringValue(all.ToString(), encode: false);
        }

        if (input.ToObjectValue() is not Shape shape) return input;
        return new StringValue(await scope.Service<ThemeRenderer>().RenderAsync(shape, scope).ConfigureAwait(false), encode: false);
    }
}
