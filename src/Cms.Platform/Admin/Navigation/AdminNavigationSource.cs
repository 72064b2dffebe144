using Cms.Core.Security;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Navigation;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Admin.Navigation;

/// <summary>The admin's navigation for templates, as <c>admin</c>: empty for those who may not enter it.</summary>
public sealed class AdminNavigationSource : INavigationSource
{
    private const string Name = "admin";

    public async ValueTask<IReadOnlyList<NavigationLink>?> FindAsync(string name, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (!string.Equals(name, Name, StringComparison.OrdinalIgnoreCase)) return null;
        scope.Page.IsPersonal = true;
        var user = scope.Service<ICurrentUser>().User;
        if (!SitePermissions.AccessAdminPanel.IsGrantedTo(user)) return [];
        var links = new List<NavigationLink>();
        foreach (var source in scope.Service<IEnumerable<IAdminNavigation>>().OrderBy(source => source.Order))
            links.AddRange((await source.LinksAsync(user, scope.CancellationToken).ConfigureAwait(false)).Select(Link));
        return links;
    }

    private static NavigationLink Link(AdminLink link) => new(link.Text, link.Url, [.. link.Links.Select(Link)]);
}
