using Cms.Platform.Identity;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary>
/// <c>/connect/logout</c>: signs the user out and sends the browser back to the app. Without an id token of that very user
/// anybody could have made the link, so that the user is asked first.
/// </summary>
public sealed class EndSessionEndpoint(SignInManager<CmsIdentityUser> signIn, UserManager<CmsIdentityUser> users)
{
    /// <summary>Where the user is asked.</summary>
    public const string Page = "/connect/signout";

    public async Task<IResult> HandleAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetOpenIddictServerRequest() is null) return TypedResults.NotFound();
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme).ConfigureAwait(false);
        if (session.Succeeded)
        {
            var hint = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme).ConfigureAwait(false)).Principal;
            if (hint?.GetClaim(Claims.Subject) != users.GetUserId(session.Principal))
                return TypedResults.LocalRedirect(QueryHelpers.AddQueryString(Page, "ReturnUrl", ReturnUrl(http)));
            await signIn.SignOutAsync().ConfigureAwait(false);
        }

        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    private static string ReturnUrl(HttpContext http) => http.Request.PathBase + http.Request.Path
        + (http.Request.HasFormContentType ? QueryString.Create(http.Request.Form) : http.Request.QueryString);
}
