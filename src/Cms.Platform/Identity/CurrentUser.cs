using System.Security.Claims;
using Cms.Core.Security;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Identity;

/// <summary>The user of the request, or the one that a background scope said it acts for; otherwise anonymous.</summary>
public sealed class CurrentUser(IHttpContextAccessor http, RolePermissions roles) : ICurrentUser
{
    private CmsUser? _actingAs;
    private (ClaimsPrincipal Principal, CmsUser User)? _resolved;

    public CmsUser User
    {
        get
        {
            if (_actingAs is not null) return _actingAs;
            if (http.HttpContext?.User is not { } principal) return Anonymous();
            if (_resolved is not { } resolved || resolved.Principal != principal) _resolved = resolved = (principal, Resolve(principal));
            return resolved.User;
        }
    }

    /// <summary>For setup, the command line and background work, which have no request.</summary>
    public void ActAs(CmsUser user) => _actingAs = user;

    private CmsUser Resolve(ClaimsPrincipal principal)
    {
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier);
        if (principal.Identity?.IsAuthenticated != true || id is null) return Anonymous();
        var names = principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToList();
        return new CmsUser(id, principal.Identity.Name, roles.Of([SystemRoles.Anonymous, SystemRoles.Authenticated, .. names]))
        {
            IsAdministrator = names.Contains(SystemRoles.Administrator, StringComparer.OrdinalIgnoreCase),
        };
    }

    private CmsUser Anonymous() => CmsUser.Anonymous with { Permissions = roles.Of(SystemRoles.Anonymous) };
}
