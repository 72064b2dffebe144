using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Navigation;
using Cms.Platform.Theming.Shapes;

namespace Cms.Modules.Menus;

/// <summary>Menus that editors arrange, as navigations by their aliases.</summary>
public sealed class MenuNavigation : INavigationSource
{
    public async ValueTask<IReadOnlyList<NavigationLink>?> FindAsync(string name, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return await scope.Service<ContentAccess>().ByHandleAsync("alias:" + name, scope.CancellationToken).ConfigureAwait(false) is { } menu && menu.Part(nameof(MenuPart)) is not null
            ? await LinksAsync(menu.Part(nameof(MenuItemsListPart))?["MenuItems"], 0, scope).ConfigureAwait(false)
            : null;
    }

    private static async ValueTask<IReadOnlyList<NavigationLink>> LinksAsync(JsonNode? entries, int level, RenderScope scope)
    {
        var links = new List<NavigationLink>();
        if (level >= MenuEntries.MaxLevels) return links;
        foreach (var entry in await MenuEntries.ShownAsync(entries, scope).ConfigureAwait(false))
        {
            var below = await LinksAsync(entry.Part(nameof(MenuItemsListPart))?["MenuItems"], level + 1, scope).ConfigureAwait(false);
            links.Add(new NavigationLink(entry.DisplayText ?? "", await UrlAsync(entry, scope).ConfigureAwait(false), below));
        }

        return links;
    }

    private static async ValueTask<string?> UrlAsync(ContentItem entry, RenderScope scope)
    {
        if (MenuEntries.ChosenId(entry) is { } id)
        {
            return await scope.Service<ContentAccess>().ByIdAsync(id, scope.CancellationToken).ConfigureAwait(false) is { } item
                ? await scope.Service<ContentRoutes>().UrlAsync(item, scope.CancellationToken).ConfigureAwait(false)
                : null;
        }

        var url = (entry.Part(nameof(LinkMenuItemPart)) ?? entry.Part(nameof(HtmlMenuItemPart)))?.TextOf("Url");
        return string.IsNullOrEmpty(url) ? null : ThemePaths.Resolve(url);
    }
}
