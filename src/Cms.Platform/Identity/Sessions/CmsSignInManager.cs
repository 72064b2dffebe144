using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Identity.Sessions;

/// <summary>Every sign-in begins a session in the database, and every sign-out ends it.</summary>
public sealed class CmsSignInManager(
    UserManager<CmsIdentityUser> users, IHttpContextAccessor http, IUserClaimsPrincipalFactory<CmsIdentityUser> principals, IOptions<IdentityOptions> options,
    ILogger<SignInManager<CmsIdentityUser>> logger, IAuthenticationSchemeProvider schemes, IUserConfirmation<CmsIdentityUser> confirmation,
    SignInSessions sessions, AccountEvents events) : SignInManager<CmsIdentityUser>(users, http, principals, options, logger, schemes, confirmation)
{
    public override async Task SignInWithClaimsAsync(CmsIdentityUser user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var session = await sessions.BeginAsync(user, Context).ConfigureAwait(false);
        await base.SignInWithClaimsAsync(user, authenticationProperties, [.. additionalClaims, new Claim(SignInSessions.Claim, session)]).ConfigureAwait(false);
        await events.RecordAsync(AccountEventKind.SignedIn, user, Context).ConfigureAwait(false);
    }

    public override async Task SignOutAsync()
    {
        var ticket = await Context.AuthenticateAsync(IdentityConstants.ApplicationScheme).ConfigureAwait(false);
        if (ticket.Principal?.FindFirstValue(SignInSessions.Claim) is { } session)
        {
            await sessions.EndAsync(session, Context.RequestAborted).ConfigureAwait(false);
            await events.RecordAsync(AccountEventKind.SignedOut, await UserManager.GetUserAsync(ticket.Principal).ConfigureAwait(false), Context).ConfigureAwait(false);
        }

        await base.SignOutAsync().ConfigureAwait(false);
    }

    /// <summary>Ends all sessions of the user and all tokens that apps hold for them.</summary>
    public async Task SignOutEverywhereAsync(CmsIdentityUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        await sessions.EndAllAsync(user.Id, Context.RequestAborted).ConfigureAwait(false);
        await UserManager.UpdateSecurityStampAsync(user).ConfigureAwait(false);
        await events.RecordAsync(AccountEventKind.SignedOutEverywhere, user, Context).ConfigureAwait(false);
        await base.SignOutAsync().ConfigureAwait(false);
    }
}
