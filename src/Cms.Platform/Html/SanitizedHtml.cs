using Cms.Core.Content;
using Microsoft.Extensions.Caching.Memory;

namespace Cms.Platform.Html;

/// <summary>
/// HTML as readers get it. What editors save is sanitised then; what a recipe brought is stored as it came, so that every
/// output sanitises again. Texts that were asked for lately are remembered, because sanitising costs more than the rest of an answer.
/// </summary>
public sealed class SanitizedHtml(IHtmlSanitizer sanitizer) : IDisposable
{
    /// <summary>Characters that are remembered, of the texts and of what was made of them.</summary>
    private const long SizeLimit = 8 * 1024 * 1024;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = SizeLimit });

    public string Of(string html)
    {
        ArgumentNullException.ThrowIfNull(html);

        // Without a tag or an entity nothing can be taken out.
        if (html.AsSpan().IndexOfAny('<', '&') < 0) return html;
        if (_known.TryGetValue(html, out string? known)) return known!;
        var clean = sanitizer.Sanitize(html);
        if (clean == html) clean = html;
        _known.Set(html, clean, new MemoryCacheEntryOptions { Size = html.Length + (ReferenceEquals(clean, html) ? 0 : clean.Length) });
        return clean;
    }

    public void Dispose() => _known.Dispose();
}
