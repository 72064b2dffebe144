using Cms.Core.Content;
using Cms.Core.Parts;

namespace Cms.Platform.Theming;

/// <summary>Knows at which page an item's draft is looked at, where its type's <see cref="PreviewPart"/> says so.</summary>
public sealed class PreviewPages(ContentModel model, LiquidPatterns patterns, SiteCultures cultures)
{
    /// <summary>The item of that page; null where the type names none, and where the address leads to no content.</summary>
    public async Task<ContentItem?> FindAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var pattern = model.Definitions.Type(item.ContentType)?.Parts.FirstOrDefault(part => part.PartName == nameof(PreviewPart))?.Settings.Get<PreviewPartSettings>().Pattern;
        if (string.IsNullOrWhiteSpace(pattern)) return null;
        var address = ThemePaths.Resolve(await patterns.RenderAsync(pattern, item, cancellationToken).ConfigureAwait(false)).Split('?', '#')[0];
        return address.Length == 0 ? null : await cultures.AtAsync("/" + address.TrimStart('/'), cancellationToken).ConfigureAwait(false);
    }
}
