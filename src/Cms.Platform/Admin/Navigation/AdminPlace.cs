using Cms.Core.Security;

namespace Cms.Platform.Admin.Navigation;

/// <summary>A page that a feature adds to the admin, for those who hold the permission. Register it as a singleton; the text is translated with the admin's.</summary>
public sealed record AdminPlace(string Text, string Url, Permission Permission);

/// <summary>The pages that features add, in the order in which they were registered.</summary>
public sealed class PlaceNavigation(IEnumerable<AdminPlace> places, AdminTexts texts) : IAdminNavigation
{
    public int Order => 50;

    public Task<IReadOnlyList<AdminLink>> LinksAsync(CmsUser user, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AdminLink>>(
        [.. places.Where(place => place.Permission.IsGrantedTo(user)).Select(place => new AdminLink(texts[place.Text], place.Url))]);
}
