using System.Text.Encodings.Web;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Tags by which templates and the layout make one page: body, zones, title, and values left for each other.</summary>
internal static class LayoutTags
{
    public static void Register(LiquidParser parser)
    {
        parser.Tag("render_body", async (_, writer, _, context) => await writer.WriteAsync(RenderScope.Of(context).Page.Body).ConfigureAwait(false));
        parser.Tag("render_section", RenderSectionAsync);
        parser.Block("zone", ZoneAsync);
        parser.Tag("page_title", PageTitleAsync);
        parser.Tag("page_title_add_segment", AddSegment);
        parser.Tag("layout", SetLayout);
        parser.Tag("httpcontext_add_items", AddItems);
        parser.Tag("httpcontext_remove_items", RemoveItems);
    }

    private static async ValueTask RenderSectionAsync(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var name = arguments.Find("name", 0).ToStringValue();
        var entries = scope.Page.Zones.In(name);
        if (entries.Count == 0 && arguments.Has("required") && arguments.Named("required").ToBooleanValue())
            throw new InvalidOperationException($"The layout requires the section “{name}”, which no template filled.");
        foreach (var entry in entries)
        {
            await writer.WriteAsync(entry.Shape is { } shape
                ? await scope.Service<ThemeRenderer>().RenderAsync(shape, scope).ConfigureAwait(false)
                : entry.Html).ConfigureAwait(false);
        }
    }

    private static async ValueTask ZoneAsync(TagArguments arguments, Func<ValueTask<string>> content, TextWriter writer, TemplateContext context)
    {
        var html = await content().ConfigureAwait(false);
        RenderScope.Of(context).Page.Zones.Add(arguments.Find("name", 0).ToStringValue(), html, arguments.Text("position"));
    }

    private static async ValueTask PageTitleAsync(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var title = RenderScope.Of(context).Page.Title;
        Add(arguments, title);
        await writer.WriteAsync(encoder.Encode(title.Text(arguments.Has("separator") ? arguments.Text("separator") : " - "))).ConfigureAwait(false);
    }

    private static ValueTask AddSegment(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        Add(arguments, RenderScope.Of(context).Page.Title);
        return ValueTask.CompletedTask;
    }

    private static void Add(TagArguments arguments, PageTitle title) =>
        title.Add(arguments.Find("segment", 0).ToStringValue(), arguments.Has("position") ? arguments.Text("position") : "0");

    private static ValueTask SetLayout(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        RenderScope.Of(context).Page.Layout = arguments.Text(0);
        return ValueTask.CompletedTask;
    }

    private static ValueTask AddItems(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        foreach (var (name, value) in arguments.ByName) RenderScope.Of(context).Page.Items[name] = value;
        return ValueTask.CompletedTask;
    }

    private static ValueTask RemoveItems(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        foreach (var name in TagArguments.Words(arguments.At(0), context)) RenderScope.Of(context).Page.Items.Remove(name);
        return ValueTask.CompletedTask;
    }
}
