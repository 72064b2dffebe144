using Cms.Core.Content;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Identity;

/// <summary>A user account; its id has the contract's form.</summary>
public sealed class CmsIdentityUser : IdentityUser
{
    public CmsIdentityUser() => Id = ContentId.New();
}

/// <summary>A role. Its permissions are claims of type <c>Permission</c>, as in the contract.</summary>
public sealed class CmsIdentityRole : IdentityRole
{
    public const string PermissionClaim = "Permission";

    public string? Description { get; set; }
}

/// <summary>Roles that the site itself knows.</summary>
public static class SystemRoles
{
    /// <summary>Allowed everything; its permissions are never written.</summary>
    public const string Administrator = "Administrator";

    /// <summary>What everybody may do who is not signed in.</summary>
    public const string Anonymous = "Anonymous";

    /// <summary>What everybody may do who is signed in.</summary>
    public const string Authenticated = "Authenticated";
}
