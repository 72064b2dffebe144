using System.Collections.Frozen;

namespace Cms.Core.Security;

/// <summary>Who acts: a signed-in user, an app or an anonymous visitor, with the permissions that their roles grant.</summary>
public sealed record CmsUser(string? Id, string? Name, FrozenSet<string> Permissions)
{
    /// <summary>Member of the administrator role: allowed everything.</summary>
    public bool IsAdministrator { get; init; }

    /// <summary>An app that acts for itself; it has no account, and owns nothing.</summary>
    public string? ApplicationId { get; init; }

    public bool IsAuthenticated => Id is not null || ApplicationId is not null;

    public static CmsUser Anonymous { get; } = new(null, null, []);

    /// <summary>The site itself, during setup and in background work.</summary>
    public static CmsUser System { get; } = new(null, "system", []) { IsAdministrator = true };
}

/// <summary>The user on whose behalf the current scope acts.</summary>
public interface ICurrentUser
{
    CmsUser User { get; }
}
