using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Settings;

namespace Cms.Platform.OpenId;

/// <summary>An endpoint that a recipe turns on.</summary>
/// <param name="Name">Its name in the recipe step, between <c>Enable</c> and <c>Endpoint</c>.</param>
/// <param name="Path">Where it answers; other paths are not offered.</param>
public sealed record OpenIdEndpoint(string Name, string Path)
{
    public static OpenIdEndpoint Authorization { get; } = new("Authorization", "/connect/authorize");
    public static OpenIdEndpoint Token { get; } = new("Token", "/connect/token");
    public static OpenIdEndpoint Logout { get; } = new("Logout", "/connect/logout");
    public static OpenIdEndpoint UserInfo { get; } = new("Userinfo", "/connect/userinfo");
    public static OpenIdEndpoint Introspection { get; } = new("Introspection", "/connect/introspect");
    public static OpenIdEndpoint Revocation { get; } = new("Revocation", "/connect/revoke");
    public static OpenIdEndpoint PushedAuthorization { get; } = new("PushedAuthorization", "/connect/par");

    public static ImmutableArray<OpenIdEndpoint> All { get; } =
        [Authorization, Token, Logout, UserInfo, Introspection, Revocation, PushedAuthorization];

    /// <summary>The member of the recipe step that turns it on.</summary>
    public string Flag => $"Enable{Name}Endpoint";

    /// <summary>The member of the site's settings that holds its path.</summary>
    public string Setting => $"{Name}EndpointPath";
}

/// <summary>A way to get tokens that a recipe allows.</summary>
/// <param name="Name">Its name in the recipe step, between <c>Allow</c> and <c>Flow</c>.</param>
/// <param name="Endpoints">What it does not work without.</param>
public sealed record OpenIdFlow(string Name, params ImmutableArray<OpenIdEndpoint> Endpoints)
{
    public static OpenIdFlow AuthorizationCode { get; } = new("AuthorizationCode", OpenIdEndpoint.Authorization, OpenIdEndpoint.Token);
    public static OpenIdFlow ClientCredentials { get; } = new("ClientCredentials", OpenIdEndpoint.Token);
    public static OpenIdFlow Password { get; } = new("Password", OpenIdEndpoint.Token);
    public static OpenIdFlow RefreshToken { get; } = new("RefreshToken", OpenIdEndpoint.Token);
    public static OpenIdFlow Implicit { get; } = new("Implicit", OpenIdEndpoint.Authorization);
    public static OpenIdFlow Hybrid { get; } = new("Hybrid", OpenIdEndpoint.Authorization, OpenIdEndpoint.Token);

    public static ImmutableArray<OpenIdFlow> All { get; } = [AuthorizationCode, ClientCredentials, Password, RefreshToken, Implicit, Hybrid];

    /// <summary>The member of the recipe step, of the settings and of an application that allows it.</summary>
    public string Flag => $"Allow{Name}Flow";
}

/// <summary>
/// What the OpenID server offers: the property <c>OpenIdServerSettings</c> of the site, in the form that Orchard Core stores.
/// Without that property it offers nothing.
/// </summary>
public sealed record OpenIdServerSettings
{
    public const string Property = nameof(OpenIdServerSettings);

    public ImmutableArray<OpenIdEndpoint> Endpoints { get; private init; } = [];

    /// <summary>The flows that are allowed and have their endpoints.</summary>
    public ImmutableArray<OpenIdFlow> Flows { get; private init; } = [];

    /// <summary>The issuer where it is not the address of the request.</summary>
    public Uri? Authority { get; private init; }

    /// <summary>Access tokens are signed JWTs; otherwise only this site can read them.</summary>
    public bool IsJsonWebToken { get; private init; }

    /// <summary>JWTs can be read by whoever holds them.</summary>
    public bool DisableAccessTokenEncryption { get; private init; }

    public bool UseReferenceAccessTokens { get; private init; }

    /// <summary>A refresh token can be used again and again.</summary>
    public bool DisableRollingRefreshTokens { get; private init; }

    public bool RequirePushedAuthorizationRequests { get; private init; }

    public static OpenIdServerSettings Of(SiteSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Properties[Property] is JsonObject json ? Of(json) : new OpenIdServerSettings();
    }

    public static OpenIdServerSettings Of(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        ImmutableArray<OpenIdEndpoint> endpoints = [.. OpenIdEndpoint.All.Where(endpoint => !string.IsNullOrEmpty(json.TextOf(endpoint.Setting)))];
        return new OpenIdServerSettings
        {
            Endpoints = endpoints,
            Flows = [.. OpenIdFlow.All.Where(flow => json.FlagOf(flow.Flag) && flow.Endpoints.All(endpoints.Contains))],
            Authority = Uri.TryCreate(json.TextOf(nameof(Authority)), UriKind.Absolute, out var authority) ? authority : null,
            IsJsonWebToken = json.TextOf("AccessTokenFormat") is "JsonWebToken" or "1",
            DisableAccessTokenEncryption = json.FlagOf(nameof(DisableAccessTokenEncryption)),
            UseReferenceAccessTokens = json.FlagOf(nameof(UseReferenceAccessTokens)),
            DisableRollingRefreshTokens = json.FlagOf(nameof(DisableRollingRefreshTokens)),
            RequirePushedAuthorizationRequests = json.FlagOf(nameof(RequirePushedAuthorizationRequests)),
        };
    }
}
