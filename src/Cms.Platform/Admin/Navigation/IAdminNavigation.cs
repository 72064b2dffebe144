using System.Collections.Immutable;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Navigation;

/// <summary>An entry of the admin's navigation.</summary>
/// <param name="Text">Its text in the editor's language.</param>
/// <param name="Url">Where it leads, or null for a heading over <paramref name="Links"/>.</param>
public sealed record AdminLink(string Text, string? Url, params ImmutableArray<AdminLink> Links);

/// <summary>Adds entries to the admin's navigation. Entries that the user may not follow are left out by whoever adds them.</summary>
public interface IAdminNavigation
{
    /// <summary>Entries are shown in ascending order of this.</summary>
    int Order { get; }

    Task<IReadOnlyList<AdminLink>> LinksAsync(CmsUser user, CancellationToken cancellationToken);
}
