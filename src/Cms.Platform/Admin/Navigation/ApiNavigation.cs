using System.Collections.Immutable;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Navigation;

/// <summary>The way to the pages about the APIs, for those who may use them.</summary>
public sealed class ApiNavigation(AdminTexts texts) : IAdminNavigation
{
    private static readonly (string Text, string Url, Permission Permission)[] Pages =
    [
        ("GraphQL", "/Admin/GraphQL", SitePermissions.ExecuteGraphQL),
        ("REST", "/scalar/v1", SitePermissions.AccessContentApi),
    ];

    public int Order => 60;

    public Task<IReadOnlyList<AdminLink>> LinksAsync(CmsUser user, CancellationToken cancellationToken)
    {
        ImmutableArray<AdminLink> links = [.. Pages.Where(page => page.Permission.IsGrantedTo(user)).Select(page => new AdminLink(page.Text, page.Url))];
        return Task.FromResult<IReadOnlyList<AdminLink>>(links.IsEmpty ? [] : [new AdminLink(texts["API"], null, links)]);
    }
}
