using Cms.Core.Content;

namespace Cms.Platform.Theming;

/// <summary>Renders an item with the theme's template for it, without the layout.</summary>
public interface IContentRenderer
{
    Task<string> RenderAsync(ContentItem item, CancellationToken cancellationToken);
}
