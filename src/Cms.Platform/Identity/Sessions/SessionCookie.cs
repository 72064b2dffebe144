using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Identity.Sessions;

/// <summary>Looks at each use of the sign-in cookie whether its session goes on, and gives its holder the rights that the account has now.</summary>
internal static class SessionCookie
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var sessions = context.HttpContext.RequestServices.GetRequiredService<SignInSessions>();
        if (context.Principal is { } principal && principal.FindFirstValue(SignInSessions.Claim) is { } id
            && await sessions.FindAsync(id, context.HttpContext.RequestAborted).ConfigureAwait(false) is var (session, account))
        {
            account.ApplyTo(principal);
            context.HttpContext.Features.Set(session);
            return;
        }

        // Without it, the browser gets the answers for everybody again, which are cached.
        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name).ConfigureAwait(false);
    }
}
