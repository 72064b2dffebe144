using System.Security.Claims;
using Cms.Platform.Identity;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary><c>/connect/userinfo</c>: what the scopes of a token let its holder know about the user.</summary>
public sealed class UserInfoEndpoint(UserManager<CmsIdentityUser> users)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetOpenIddictServerRequest() is null) return TypedResults.NotFound();
        var token = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme).ConfigureAwait(false)).Principal;
        var user = token?.GetClaim(Claims.Subject) is { } id ? await users.FindByIdAsync(id).ConfigureAwait(false) : null;
        if (user is null) return TypedResults.Challenge(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
        return TypedResults.Json(await ClaimsAsync(user, token!).ConfigureAwait(false));
    }

    private async Task<Dictionary<string, object?>> ClaimsAsync(CmsIdentityUser user, ClaimsPrincipal token)
    {
        var claims = new Dictionary<string, object?> { [Claims.Subject] = user.Id };
        if (token.HasScope(Scopes.Profile)) claims[Claims.Name] = claims[Claims.PreferredUsername] = user.UserName;
        if (token.HasScope(Scopes.Email) && user.Email is not null) (claims[Claims.Email], claims[Claims.EmailVerified]) = (user.Email, user.EmailConfirmed);
        if (token.HasScope(Scopes.Phone) && user.PhoneNumber is not null)
            (claims[Claims.PhoneNumber], claims[Claims.PhoneNumberVerified]) = (user.PhoneNumber, user.PhoneNumberConfirmed);
        if (token.HasScope(Scopes.Roles)) claims[Claims.Role] = await users.GetRolesAsync(user).ConfigureAwait(false);
        return claims;
    }
}
