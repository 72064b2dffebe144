using Cms.Platform.Identity;
using Cms.Platform.Identity.Limits;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using static OpenIddict.Server.OpenIddictServerHandlerFilters;

namespace Cms.Platform.OpenId;

/// <summary>
/// Checks secrets of apps, with a limit on failures. It comes before OpenIddict looks whether there is such an app, so that an unknown
/// one costs as much as a wrong secret and gets the same answer.
/// </summary>
internal sealed class ClientSecretCheck(ApplicationSecrets applications, SignInAttempts attempts, AccountEvents events) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<RequireClientIdParameter>().AddFilter<RequireClientSecretParameter>().UseScopedHandler<ClientSecretCheck>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientId.Descriptor.Order - 500).Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        // Elsewhere clients don't authenticate.
        if (context.EndpointType is OpenIddictServerEndpointType.Authorization or OpenIddictServerEndpointType.EndSession
            or OpenIddictServerEndpointType.EndUserVerification or OpenIddictServerEndpointType.UserInfo) return;
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        var application = await applications.FindByClientIdAsync(context.ClientId!, http.RequestAborted).ConfigureAwait(false);

        // It has no secret, and OpenIddict tells it so.
        if (application is not null && await applications.HasClientTypeAsync(application, ClientTypes.Public, http.RequestAborted).ConfigureAwait(false)) return;
        var address = ClientAddress.Of(http);
        var attempt = new SignInTry(AttemptedAccount.App(context.ClientId!), address, IsKnown: true);
        var outcome = await attempts.WaitAsync(address, http.RequestAborted).ConfigureAwait(false) is { } wait
            ? new SignInOutcome(false, wait)
            : await attempts.TryAsync(attempt, () => VerifyAsync(application, context.ClientSecret!, http.RequestAborted), http.RequestAborted).ConfigureAwait(false);
        if (outcome.IsRight) return;
        var kind = outcome.RetryAfter is null ? AccountEventKind.ClientSecretFailed : AccountEventKind.ClientSecretRefused;
        await events.RecordAsync(kind, application?.ClientId, application?.DisplayName, http).ConfigureAwait(false);
        await RefuseAsync(context, http, outcome.RetryAfter).ConfigureAwait(false);
    }

    private async Task<bool> VerifyAsync(OpenIddictEntityFrameworkCoreApplication? application, string secret, CancellationToken cancellationToken) => application is null
        ? await applications.VerifyDecoyAsync(secret, cancellationToken).ConfigureAwait(false)
        : await applications.ValidateClientSecretAsync(application, secret, cancellationToken).ConfigureAwait(false);

    private static async Task RefuseAsync(ProcessAuthenticationContext context, HttpContext http, TimeSpan? wait)
    {
        if (wait is { } time)
        {
            await TooManyRequests.Of(http, time).ExecuteAsync(http).ConfigureAwait(false);
            context.HandleRequest();
        }
        else
        {
            context.Reject(Errors.InvalidClient, "The specified client credentials are invalid.", "https://documentation.openiddict.com/errors/ID2055");
        }
    }
}
