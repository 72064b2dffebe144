using Cms.Core.Security;

namespace Cms.Platform.Admin.Navigation;

/// <summary>The way to the content and to what was deleted.</summary>
public sealed class ContentNavigation(AdminTexts texts) : IAdminNavigation
{
    public int Order => 0;

    public Task<IReadOnlyList<AdminLink>> LinksAsync(CmsUser user, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AdminLink>>(
        [new AdminLink(texts["Content"], "/Admin/Contents/ContentItems"), new AdminLink(texts["Recycle bin"], "/Admin/Contents/Deleted")]);
}
