using Cms.Core.Content;

namespace Cms.Platform.Theming;

/// <summary>Shows content with the templates of the active theme, outside a page.</summary>
public interface IContentRenderer
{
    /// <summary>The HTML of the item's display shape, in the current culture.</summary>
    Task<string> RenderAsync(ContentItem item, CancellationToken cancellationToken);
}
