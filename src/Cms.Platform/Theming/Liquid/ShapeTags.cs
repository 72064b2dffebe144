using System.Text.Encodings.Web;
using Cms.Core.Content;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Tags that make shapes and change them before they are rendered.</summary>
internal static class ShapeTags
{
    private delegate void Change(Shape shape, TagArguments arguments, TemplateContext context);

    public static void Register(LiquidParser parser)
    {
        parser.Tag("shape", ShapeAsync);
        parser.Tag("contentitem", ContentItemAsync);
        Add(parser, "shape_clear_alternates", (shape, _, _) => shape.Alternates.Clear());
        Add(parser, "shape_clear_wrappers", (shape, _, _) => shape.Wrappers.Clear());
        Add(parser, "shape_clear_classes", (shape, _, _) => shape.Classes.Clear());
        Add(parser, "shape_clear_attributes", (shape, _, _) => shape.Attributes.Clear());
        Add(parser, "shape_add_classes", (shape, arguments, context) => shape.Classes.AddRange(TagArguments.Words(arguments.At(1), context)));
        Add(parser, "shape_add_alternates", (shape, arguments, context) => shape.Alternates.AddRange(TagArguments.Words(arguments.At(1), context)));
        Add(parser, "shape_add_wrappers", (shape, arguments, context) => shape.Wrappers.AddRange(TagArguments.Words(arguments.At(1), context)));
        Add(parser, "shape_add_attributes", (shape, arguments, _) => Set(arguments, (name, value) => shape.Attributes[name.Replace('_', '-')] = value.ToStringValue()));
        Add(parser, "shape_add_properties", (shape, arguments, _) => Set(arguments, (name, value) => shape.Properties[TagArguments.PascalCase(name)] = value));
        Add(parser, "shape_remove_property", (shape, arguments, _) => shape.Properties.Remove(arguments.Text(1)));
        Add(parser, "shape_remove_item", (shape, arguments, _) => shape.Items.RemoveAll(item => string.Equals(item.Name, arguments.Text(1), StringComparison.OrdinalIgnoreCase)));
        Add(parser, "shape_type", (shape, arguments, _) => shape.Type = arguments.Text(1));
        Add(parser, "shape_display_type", (shape, arguments, _) => shape.DisplayType = arguments.Text(1));
        Add(parser, "shape_position", (shape, arguments, _) => shape.Position = arguments.Text(1));
        Add(parser, "shape_tab", (shape, arguments, _) => shape.Tab = arguments.Text(1));
        Add(parser, "shape_cache", (shape, arguments, context) => shape.Cache = CacheRequest.Of(arguments, "", context));
        Add(parser, "shape_pager", ChangePager);
    }

    private static void Add(LiquidParser parser, string name, Change change) => parser.TagOf(name, (arguments, _, _, context) =>
    {
        if (arguments.At(0).ToObjectValue() is Shape shape) change(shape, arguments, context);
        return ValueTask.CompletedTask;
    });

    private static async ValueTask ShapeAsync(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var shape = Make(arguments.Find("type", 0).ToStringValue(), arguments.ByName.Select(pair => (pair.Key, pair.Value)), context);
        shape.Cache = CacheRequest.Of(arguments, "cache_", context);
        await WriteAsync(shape, writer, context).ConfigureAwait(false);
    }

    private static async ValueTask ContentItemAsync(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var shape = Make("ContentItem", arguments.ByName.Select(pair => (pair.Key, pair.Value)), context);
        shape.Cache = CacheRequest.Of(arguments, "cache_", context);
        await WriteAsync(shape, writer, context).ConfigureAwait(false);
    }

    /// <summary>A shape of any type with properties of any name; a few names are about the shape itself.</summary>
    public static Shape Make(string type, IEnumerable<(string Name, FluidValue Value)> arguments, TemplateContext context)
    {
        var shape = new Shape(type);
        foreach (var (name, value) in arguments)
        {
            switch (name.ToLowerInvariant())
            {
                case "id": shape.Id = value.ToStringValue(); break;
                case "tag_name": shape.TagName = value.ToStringValue(); break;
                case "display_type": shape.DisplayType = value.ToStringValue(); break;
                case "position": shape.Position = value.ToStringValue(); break;
                case "alternate" or "alternates": shape.Alternates.AddRange(TagArguments.Words(value, context)); break;
                case "wrapper" or "wrappers": shape.Wrappers.AddRange(TagArguments.Words(value, context)); break;
                case "class" or "classes": shape.Classes.AddRange(TagArguments.Words(value, context)); break;
                case "content_item" when value.ToObjectValue() is ContentItem item: shape.ContentItem = item; break;
                default:
                    if (!name.StartsWith("cache_", StringComparison.OrdinalIgnoreCase) && name != "type") shape.Properties[TagArguments.PascalCase(name)] = value;
                    break;
            }
        }

        return shape;
    }

    private static async ValueTask WriteAsync(Shape shape, TextWriter writer, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        await writer.WriteAsync(await scope.Service<ThemeRenderer>().RenderAsync(shape, scope).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private static void Set(TagArguments arguments, Action<string, FluidValue> set)
    {
        foreach (var (name, value) in arguments.ByName) set(name, value);
    }

    private static void ChangePager(Shape shape, TagArguments arguments, TemplateContext context)
    {
        foreach (var (name, value) in arguments.ByName)
        {
            if (name == "tag_name") shape.TagName = value.ToStringValue();
            else if (name is "id") shape.Id = value.ToStringValue();
            else if (name is "class" or "classes") shape.Classes.AddRange(TagArguments.Words(value, context));
            else shape.Properties[TagArguments.PascalCase(name)] = value;
        }
    }
}
