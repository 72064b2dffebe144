using System.Security.Cryptography;
using System.Text;
using Cms.Core.Content;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Shortcodes;
using Fluid.Values;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.Platform.Html;

/// <summary>
/// Makes the HTML that readers get of a stored body: its Liquid run where the definition says so, shortcodes filled in,
/// and cleaned, because what recipes and apps stored may never have been.
/// </summary>
public sealed class BodyHtml(ThemeRenderer renderer, ShortcodeRenderer shortcodes, MarkdownRenderer markdown, CleanHtml cleaner)
{
    public async ValueTask<string> FromHtmlAsync(string html, Shape shape, DisplayedValue value, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(value);
        var filled = await FillAsync(html, shape, value, scope).ConfigureAwait(false);
        return value.IsSanitized ? cleaner.Clean(filled) : filled;
    }

    public async ValueTask<string> FromMarkdownAsync(string text, Shape shape, DisplayedValue value, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.RendersLiquid) text = await LiquidAsync(text, shape, value, scope).ConfigureAwait(false);
        var filled = await shortcodes.RenderAsync(markdown.Render(text, sanitize: false), scope).ConfigureAwait(false);
        return value.IsSanitized ? cleaner.Clean(filled) : filled;
    }

    private async ValueTask<string> FillAsync(string html, Shape shape, DisplayedValue value, RenderScope scope)
    {
        if (value.RendersLiquid) html = await LiquidAsync(html, shape, value, scope).ConfigureAwait(false);
        return await shortcodes.RenderAsync(html, scope).ConfigureAwait(false);
    }

    private ValueTask<string> LiquidAsync(string text, Shape shape, DisplayedValue value, RenderScope scope) => renderer.RenderTextAsync(
        text, $"{value.Definition.Path} of the item {shape.ContentItem?.ContentItemId}", shape.ContentItem, new ObjectValue(new Shape(shape.Type) { ContentItem = shape.ContentItem }), scope);
}

/// <summary>Cleans HTML, and remembers what came of texts that it cleaned lately.</summary>
public sealed class CleanHtml(IHtmlSanitizer sanitizer) : IDisposable
{
    private const int MaxCharacters = 8 * 1024 * 1024;

    private readonly MemoryCache _cleaned = new(new MemoryCacheOptions { SizeLimit = MaxCharacters });

    public string Clean(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        if (!html.AsSpan().ContainsAny('<', '&')) return html;
        var key = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html)));
        if (_cleaned.TryGetValue(key, out string? known)) return known!;
        var clean = sanitizer.Sanitize(html);
        return _cleaned.Set(key, clean, new MemoryCacheEntryOptions { Size = clean.Length + key.Length });
    }

    public void Dispose() => _cleaned.Dispose();
}
