using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Shortcodes;
using Fluid.Values;

namespace Cms.Platform.Html;

/// <summary>
/// Makes the HTML that readers get of a stored body: its Liquid run where the definition says so, shortcodes filled in,
/// and cleaned, because what recipes and apps stored may never have been.
/// </summary>
public sealed class BodyHtml(ThemeRenderer renderer, ShortcodeRenderer shortcodes, MarkdownRenderer markdown, SanitizedHtml sanitized)
{
    public async ValueTask<string> FromHtmlAsync(string html, Shape shape, DisplayedValue value, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(value);
        var filled = await FillAsync(html, shape, value, scope).ConfigureAwait(false);
        return value.IsSanitized ? sanitized.Of(filled) : filled;
    }

    public async ValueTask<string> FromMarkdownAsync(string text, Shape shape, DisplayedValue value, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.RendersLiquid) text = await LiquidAsync(text, shape, value, scope).ConfigureAwait(false);
        var filled = await shortcodes.RenderAsync(markdown.ToHtml(text, value.IsSanitized), scope).ConfigureAwait(false);
        return value.IsSanitized ? sanitized.Of(filled) : filled;
    }

    private async ValueTask<string> FillAsync(string html, Shape shape, DisplayedValue value, RenderScope scope)
    {
        if (value.RendersLiquid) html = await LiquidAsync(html, shape, value, scope).ConfigureAwait(false);
        return await shortcodes.RenderAsync(html, scope).ConfigureAwait(false);
    }

    private ValueTask<string> LiquidAsync(string text, Shape shape, DisplayedValue value, RenderScope scope) => renderer.RenderTextAsync(
        text, $"{value.Definition.Path} of the item {shape.ContentItem?.ContentItemId}", shape.ContentItem, new ObjectValue(new Shape(shape.Type) { ContentItem = shape.ContentItem }), scope);
}
