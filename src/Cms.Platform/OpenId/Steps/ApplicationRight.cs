using System.Collections.Immutable;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId.Steps;

/// <summary>Something that a recipe lets an app do, and the permissions that OpenIddict wants for it.</summary>
/// <param name="Flag">The member of the recipe step.</param>
/// <param name="Own">The permission by which the right is recognised.</param>
/// <param name="Others">What else it takes.</param>
internal sealed record ApplicationRight(string Flag, string Own, params ImmutableArray<string> Others)
{
    public static ImmutableArray<ApplicationRight> All { get; } =
    [
        new(OpenIdFlow.AuthorizationCode.Flag, Permissions.ResponseTypes.Code, Permissions.GrantTypes.AuthorizationCode, Permissions.Endpoints.Authorization, Permissions.Endpoints.Token),
        new(OpenIdFlow.ClientCredentials.Flag, Permissions.GrantTypes.ClientCredentials, Permissions.Endpoints.Token) { NeedsSecret = true },
        new(OpenIdFlow.Password.Flag, Permissions.GrantTypes.Password, Permissions.Endpoints.Token),
        new(OpenIdFlow.RefreshToken.Flag, Permissions.GrantTypes.RefreshToken, Permissions.Endpoints.Token),
        new(
            OpenIdFlow.Implicit.Flag, Permissions.ResponseTypes.IdTokenToken, Permissions.GrantTypes.Implicit, Permissions.Endpoints.Authorization,
            Permissions.ResponseTypes.IdToken, Permissions.ResponseTypes.Token),
        new(
            OpenIdFlow.Hybrid.Flag, Permissions.ResponseTypes.CodeIdTokenToken, Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.Implicit,
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.ResponseTypes.CodeIdToken, Permissions.ResponseTypes.CodeToken),
        new("AllowLogoutEndpoint", Permissions.Endpoints.EndSession),
        new("AllowIntrospectionEndpoint", Permissions.Endpoints.Introspection) { NeedsSecret = true },
        new("AllowRevocationEndpoint", Permissions.Endpoints.Revocation),
        new("AllowPushedAuthorizationEndpoint", Permissions.Endpoints.PushedAuthorization),
    ];

    /// <summary>Only for apps that can keep a secret.</summary>
    public bool NeedsSecret { get; init; }

    public void Grant(OpenIddictApplicationDescriptor descriptor) => descriptor.Permissions.UnionWith([Own, .. Others]);

    public bool IsGranted(OpenIddictApplicationDescriptor descriptor) => descriptor.Permissions.Contains(Own);
}
