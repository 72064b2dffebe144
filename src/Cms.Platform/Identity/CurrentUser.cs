using System.Security.Claims;
using Cms.Core.Security;
using Microsoft.AspNetCore.Http;
using static OpenIddict.Abstractions.OpenIddictConstants;

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
        // Cookies and access tokens spell the same claims in two ways.
        var id = principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? principal.FindFirstValue(Claims.Subject);
        if (principal.Identity?.IsAuthenticated != true || id is null) return Anonymous();
        var names = principal.Claims.Where(claim => claim.Type is ClaimTypes.Role or Claims.Role).Select(claim => claim.Value).ToList();
        var isApplication = principal.HasClaim(TokenClaims.EntityType, TokenClaims.Application);
        var permissions = roles.Of([SystemRoles.Anonymous, SystemRoles.Authenticated, .. names]);
        return new CmsUser(isApplication ? null : id, principal.Identity.Name, permissions)
        {
            ApplicationId = isApplication ? id : null,
            IsAdministrator = names.Contains(SystemRoles.Administrator, StringComparer.OrdinalIgnoreCase),
        };
    }

    private CmsUser Anonymous() => CmsUser.Anonymous with { Permissions = roles.Of(SystemRoles.Anonymous) };
}
