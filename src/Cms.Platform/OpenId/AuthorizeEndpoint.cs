using System.Security.Claims;
using Cms.Platform.Identity;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary>
/// <c>/connect/authorize</c>: lets somebody who is signed in allow an app to act for them. OpenIddict has checked the request
/// before, with its client, redirect address and proof key.
/// </summary>
public sealed class AuthorizeEndpoint(
    SignInManager<CmsIdentityUser> signIn, UserManager<CmsIdentityUser> users, IOpenIddictApplicationManager applications,
    IOpenIddictAuthorizationManager authorizations, OpenIdPrincipals principals, ConsentTickets consents, TimeProvider clock)
{
    /// <summary>Who signed in this recently need not do it again for <c>prompt=login</c>.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetOpenIddictServerRequest() is not { } request) return TypedResults.NotFound();
        var ticket = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme).ConfigureAwait(false);
        var user = ticket.Succeeded ? await users.GetUserAsync(ticket.Principal).ConfigureAwait(false) : null;
        if (user is null || MustSignIn(request, ticket)) return AskToSignIn(http, request);
        if (!await signIn.CanSignInAsync(user).ConfigureAwait(false) || await users.IsLockedOutAsync(user).ConfigureAwait(false))
            return Refuse(Errors.AccessDenied, "The account may not sign in.");
        var application = await applications.FindByClientIdAsync(request.ClientId!, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The client of a request that was checked is gone.");
        var principal = await principals.OfUserAsync(user, request.GetScopes(), cancellationToken).ConfigureAwait(false);
        return await DecideAsync(http, request, application, principal, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IResult> DecideAsync(
        HttpContext http, OpenIddictRequest request, object application, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var subject = principal.GetClaim(Claims.Subject)!;
        var applicationId = (await applications.GetIdAsync(application, cancellationToken).ConfigureAwait(false))!;
        var kind = await applications.GetConsentTypeAsync(application, cancellationToken).ConfigureAwait(false);
        var given = await GivenAsync(subject, applicationId, principal.GetScopes(), cancellationToken).ConfigureAwait(false);
        var answer = consents.Read(http.Request, subject, request.ClientId!, request.GetScopes());
        if (answer == false) return Refuse(Errors.AccessDenied, "The user refused.");
        if (kind == ConsentTypes.External && given is null) return Refuse(Errors.ConsentRequired, "An administrator has to allow this app for the user.");
        var isAllowed = kind == ConsentTypes.Implicit || answer == true
            || (given is not null && kind != ConsentTypes.Systematic && !request.HasPromptValue(PromptValues.Consent));
        if (!isAllowed)
        {
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.ConsentRequired, "The user has to be asked.")
                : TypedResults.LocalRedirect(ConsentTickets.PageUrl(ReturnUrl(http), request.ClientId!, request.GetScopes()));
        }

        given ??= await authorizations.CreateAsync(
            principal, subject, applicationId, kind == ConsentTypes.Systematic ? AuthorizationTypes.AdHoc : AuthorizationTypes.Permanent,
            principal.GetScopes(), cancellationToken).ConfigureAwait(false);
        principal.SetAuthorizationId(await authorizations.GetIdAsync(given, cancellationToken).ConfigureAwait(false));
        return TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>What the user allowed this app before, for at least these scopes.</summary>
    private async Task<object?> GivenAsync(string subject, string application, IEnumerable<string> scopes, CancellationToken cancellationToken) =>
        await authorizations.FindAsync(subject, application, Statuses.Valid, AuthorizationTypes.Permanent, [.. scopes], cancellationToken)
            .FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);

    private bool MustSignIn(OpenIddictRequest request, AuthenticateResult ticket)
    {
        var age = clock.GetUtcNow() - (ticket.Properties?.IssuedUtc ?? DateTimeOffset.MinValue);
        return (request.HasPromptValue(PromptValues.Login) && age > Fresh)
            || (request.MaxAge is { } seconds && age > TimeSpan.FromSeconds(Math.Max(seconds, Fresh.TotalSeconds)));
    }

    private static IResult AskToSignIn(HttpContext http, OpenIddictRequest request) => request.HasPromptValue(PromptValues.None)
        ? Refuse(Errors.LoginRequired, "The user is not signed in.")
        : TypedResults.Challenge(new AuthenticationProperties { RedirectUri = ReturnUrl(http) }, [IdentityConstants.ApplicationScheme]);

    /// <summary>The request as an address, also where it came as a form. A pushed request is named by its URI.</summary>
    private static string ReturnUrl(HttpContext http)
    {
        var parameters = http.Request.HasFormContentType ? QueryString.Create(http.Request.Form) : http.Request.QueryString;
        return http.Request.PathBase + http.Request.Path + parameters;
    }

    private static ForbidHttpResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
