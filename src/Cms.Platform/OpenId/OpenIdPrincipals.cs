using System.Security.Claims;
using System.Text.Json;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Sessions;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary>Says in claims who a token is for, and which of them go into which token.</summary>
public sealed class OpenIdPrincipals(
    UserManager<CmsIdentityUser> users, IOpenIddictApplicationManager applications, IOpenIddictScopeManager scopes)
{
    /// <summary>The property of an application that names the roles of its own tokens.</summary>
    public const string RolesProperty = "Roles";

    /// <summary>An app that acts for itself, with the roles that its registration names.</summary>
    public async Task<ClaimsPrincipal> OfApplicationAsync(object application, OpenIddictRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var clientId = await applications.GetClientIdAsync(application, cancellationToken).ConfigureAwait(false);
        var identity = NewIdentity();
        identity.SetClaim(Claims.Subject, clientId)
            .SetClaim(Claims.Name, await applications.GetDisplayNameAsync(application, cancellationToken).ConfigureAwait(false) ?? clientId)
            .SetClaim(TokenClaims.EntityType, TokenClaims.Application)
            .SetClaims(Claims.Role, [.. await RolesAsync(application, cancellationToken).ConfigureAwait(false)]);
        return await FinishAsync(identity, request.GetScopes(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A user on whose behalf an app acts, with the roles that the user has now.</summary>
    public async Task<ClaimsPrincipal> OfUserAsync(CmsIdentityUser user, IEnumerable<string> grantedScopes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var identity = NewIdentity();
        identity.SetClaim(Claims.Subject, user.Id)
            .SetClaim(Claims.Name, user.UserName)
            .SetClaim(Claims.PreferredUsername, user.UserName)
            .SetClaim(TokenClaims.EntityType, TokenClaims.User)
            .SetClaim(TokenClaims.Stamp, AccountStamp.Of(user.SecurityStamp))
            .SetClaims(Claims.Role, [.. await users.GetRolesAsync(user).ConfigureAwait(false)]);
        if (user.Email is not null) identity.SetClaim(Claims.Email, user.Email).SetClaim(Claims.EmailVerified, user.EmailConfirmed);
        if (user.PhoneNumber is not null) identity.SetClaim(Claims.PhoneNumber, user.PhoneNumber).SetClaim(Claims.PhoneNumberVerified, user.PhoneNumberConfirmed);
        return await FinishAsync(identity, grantedScopes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The roles that an application's registration names.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync(object application, CancellationToken cancellationToken)
    {
        var properties = await applications.GetPropertiesAsync(application, cancellationToken).ConfigureAwait(false);
        return properties.TryGetValue(RolesProperty, out var roles) ? roles.Deserialize<string[]>() ?? [] : [];
    }

    private async Task<ClaimsPrincipal> FinishAsync(ClaimsIdentity identity, IEnumerable<string> granted, CancellationToken cancellationToken)
    {
        identity.SetScopes(granted);
        var resources = await scopes.ListResourcesAsync(identity.GetScopes(), cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);

        // A token that was asked for another service must not open this one as well.
        identity.SetResources(resources.Count > 0 ? resources : [TokenClaims.ThisSite]);
        identity.SetDestinations(claim => Destinations(claim, identity));
        return new ClaimsPrincipal(identity);
    }

    private static IEnumerable<string> Destinations(Claim claim, ClaimsIdentity identity)
    {
        var scope = claim.Type switch
        {
            Claims.Email or Claims.EmailVerified => Scopes.Email,
            Claims.PhoneNumber or Claims.PhoneNumberVerified => Scopes.Phone,
            Claims.Name or Claims.PreferredUsername => Scopes.Profile,
            Claims.Role => Scopes.Roles,
            _ => null,
        };
        var isForClient = scope is not null && identity.HasScope(scope);

        // The API needs to know who acts and with which roles; the rest only where the app asked for it.
        if (claim.Type is Claims.Name or Claims.Role or TokenClaims.EntityType or TokenClaims.Stamp || isForClient) yield return OpenIddictConstants.Destinations.AccessToken;
        if (isForClient) yield return OpenIddictConstants.Destinations.IdentityToken;
    }

    private static ClaimsIdentity NewIdentity() => new("OpenId", Claims.Name, Claims.Role);
}
