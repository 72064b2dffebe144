using System.Security.Claims;
using Cms.Platform.Identity;
using Cms.Platform.Identity.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary>
/// Gives the holder of a token the rights that the user or app has now, whatever the token said when it was made, and refuses tokens of
/// users who were disabled, deleted or signed out everywhere, and of apps that are gone or may no longer act for themselves.
/// </summary>
internal sealed class TokenRights(AccountStates accounts, IOpenIddictApplicationManager applications, OpenIdPrincipals principals)
    : IOpenIddictValidationHandler<OpenIddictValidationEvents.ValidateTokenContext>, IOpenIddictServerHandler<OpenIddictServerEvents.ValidateTokenContext>
{
    private const string Problem = "The account or app that the token was made for may no longer use it.";

    public static OpenIddictValidationHandlerDescriptor ForApi { get; } = OpenIddictValidationHandlerDescriptor.CreateBuilder<OpenIddictValidationEvents.ValidateTokenContext>()
        .UseScopedHandler<TokenRights>().SetOrder(OpenIddictValidationHandlers.Protection.ValidateAuthorizationEntry.Descriptor.Order + 500).Build();

    public static OpenIddictServerHandlerDescriptor ForServer { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<OpenIddictServerEvents.ValidateTokenContext>()
        .UseScopedHandler<TokenRights>().SetOrder(OpenIddictServerHandlers.Protection.ValidateAuthorizationEntry.Descriptor.Order + 500).Build();

    public async ValueTask HandleAsync(OpenIddictValidationEvents.ValidateTokenContext context)
    {
        if (!await ApplyAsync(context.Principal, context.CancellationToken).ConfigureAwait(false)) context.Reject(Errors.InvalidToken, Problem);
    }

    public async ValueTask HandleAsync(OpenIddictServerEvents.ValidateTokenContext context)
    {
        if (!await ApplyAsync(context.Principal, context.CancellationToken).ConfigureAwait(false)) context.Reject(Errors.InvalidToken, Problem);
    }

    private async Task<bool> ApplyAsync(ClaimsPrincipal? principal, CancellationToken cancellationToken) => principal?.GetClaim(TokenClaims.EntityType) switch
    {
        TokenClaims.Application => await ApplyApplicationAsync(principal, cancellationToken).ConfigureAwait(false),
        TokenClaims.User => await ApplyUserAsync(principal, cancellationToken).ConfigureAwait(false),

        // Tokens that say who somebody is, and let nobody in.
        _ => true,
    };

    private async Task<bool> ApplyUserAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var account = await accounts.FindUsableAsync(principal.GetClaim(Claims.Subject) ?? "", principal.GetClaim(TokenClaims.Stamp), cancellationToken).ConfigureAwait(false);
        account?.ApplyTo(principal);
        return account is not null;
    }

    private async Task<bool> ApplyApplicationAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        var application = await applications.FindByClientIdAsync(principal.GetClaim(Claims.Subject) ?? "", cancellationToken).ConfigureAwait(false);
        if (application is null || !await applications.HasPermissionAsync(application, Permissions.GrantTypes.ClientCredentials, cancellationToken).ConfigureAwait(false)) return false;
        principal.SetClaims(Claims.Role, [.. await principals.RolesAsync(application, cancellationToken).ConfigureAwait(false)]);
        return true;
    }
}
