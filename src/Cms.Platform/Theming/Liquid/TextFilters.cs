using Cms.Platform.Html;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Shortcodes;
using Fluid;
using Fluid.Values;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Filters over texts. What they make is encoded like any text; a template that wants it as HTML says <c>raw</c>.</summary>
internal static partial class TextFilters
{
    private const int LongestLogged = 500;

    public static void Register(TemplateOptions options)
    {
        var filters = options.Filters;
        filters.AddFilter("html_class", (input, _, _) => new StringValue(ShapeName.HtmlClass(input.ToStringValue())));
        filters.AddFilter("sanitize_html", (input, _, context) => new StringValue(RenderScope.Of(context).Service<SanitizedHtml>().Of(input.ToStringValue())));
        filters.AddFilter("markdownify", (input, _, context) => new StringValue(
            RenderScope.Of(context).Service<MarkdownRenderer>().Render(input.ToStringValue(), sanitize: true)));
        filters.AddFilter("shortcode", async (input, _, context) => new StringValue(
            await RenderScope.Of(context).Service<ShortcodeRenderer>().RenderAsync(input.ToStringValue(), RenderScope.Of(context)).ConfigureAwait(false)));
        filters.AddFilter("liquid", LiquidAsync);
        filters.AddFilter("console_log", Log);
    }

    private static async ValueTask<FluidValue> LiquidAsync(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var model = context.GetValue("Model");
        var item = (context.GetValue("ContentItem").ToObjectValue() ?? (model.ToObjectValue() as Shape)?.ContentItem) as Core.Content.ContentItem;
        var html = await scope.Service<ThemeRenderer>().RenderTextAsync(input.ToStringValue(), "The text of a “liquid” filter", item, model, scope).ConfigureAwait(false);
        return new StringValue(html, encode: false);
    }

    private static ValueTask<FluidValue> Log(FluidValue input, FilterArguments arguments, TemplateContext context)
    {
        var logger = RenderScope.Of(context).Service<ILoggerFactory>().CreateLogger<ThemeRenderer>();
        var text = input.ToStringValue();
        if (text.Length > LongestLogged) text = text[..LongestLogged];
        LogText(logger, text);
        return NilValue.Instance;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A template says: {Text}")]
    private static partial void LogText(ILogger logger, string text);
}
