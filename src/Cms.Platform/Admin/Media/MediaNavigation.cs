using Cms.Core.Security;
using Cms.Platform.Admin.Navigation;
using Cms.Platform.Media;

namespace Cms.Platform.Admin.Media;

/// <summary>The way to the media library.</summary>
public sealed class MediaNavigation(AdminTexts texts) : IAdminNavigation
{
    public int Order => 10;

    public Task<IReadOnlyList<AdminLink>> LinksAsync(CmsUser user, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AdminLink>>(
        MediaPermissions.ViewMediaContent.IsGrantedTo(user) ? [new AdminLink(texts["Media"], "/Admin/Media")] : []);
}
