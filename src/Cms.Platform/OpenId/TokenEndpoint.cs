using System.Security.Claims;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Limits;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary><c>/connect/token</c>: gives tokens out. OpenIddict has checked the client and what it sent before.</summary>
internal sealed class TokenEndpoint(
    SignInManager<CmsIdentityUser> signIn, UserManager<CmsIdentityUser> users, PasswordSignIn passwords, IOpenIddictApplicationManager applications,
    OpenIdPrincipals principals)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetOpenIddictServerRequest() is not { } request) return TypedResults.NotFound();
        if (request.IsClientCredentialsGrantType()) return await ForApplicationAsync(request, cancellationToken).ConfigureAwait(false);
        if (request.IsPasswordGrantType()) return await ForPasswordAsync(http, request, cancellationToken).ConfigureAwait(false);
        return await ForEarlierTokenAsync(http, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IResult> ForApplicationAsync(OpenIddictRequest request, CancellationToken cancellationToken)
    {
        var application = await applications.FindByClientIdAsync(request.ClientId!, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The client of a request that was checked is gone.");
        return SignIn(await principals.OfApplicationAsync(application, request, cancellationToken).ConfigureAwait(false));
    }

    private async Task<IResult> ForPasswordAsync(HttpContext http, OpenIddictRequest request, CancellationToken cancellationToken)
    {
        var answer = await passwords.CheckAsync(http, request.Username!, request.Password!, cancellationToken).ConfigureAwait(false);
        if (answer.RetryAfter is { } wait) return TooManyRequests.Of(http, wait);

        // The same answer for a wrong name, a wrong password, a disabled account and one that needs more than a password.
        return answer.User is { } user
            ? SignIn(await principals.OfUserAsync(user, request.GetScopes(), cancellationToken).ConfigureAwait(false))
            : Refuse("The name or the password is wrong, or the account may not sign in.");
    }

    /// <summary>For an authorization code or a refresh token, whose user may have been locked or changed since.</summary>
    private async Task<IResult> ForEarlierTokenAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var earlier = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme).ConfigureAwait(false)).Principal;
        var user = earlier?.GetClaim(Claims.Subject) is { } id ? await users.FindByIdAsync(id).ConfigureAwait(false) : null;
        if (user is null || !await signIn.CanSignInAsync(user).ConfigureAwait(false) || await users.IsLockedOutAsync(user).ConfigureAwait(false))
            return Refuse("The account may no longer sign in.");
        var principal = await principals.OfUserAsync(user, earlier!.GetScopes(), cancellationToken).ConfigureAwait(false);
        principal.SetAuthorizationId(earlier!.GetAuthorizationId());
        return SignIn(principal);
    }

    private static SignInHttpResult SignIn(ClaimsPrincipal principal) =>
        TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static ForbidHttpResult Refuse(string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidGrant,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
