using System.Collections.Concurrent;
using Cms.Platform.Settings;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Server.DataProtection;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.OpenId;

/// <summary>Makes the server do what the site's settings say.</summary>
internal sealed class OpenIdOptions(SiteSettingsRegistry settings, OpenIdKeys keys)
    : IConfigureOptions<OpenIddictServerOptions>, IConfigureOptions<OpenIddictServerDataProtectionOptions>
{
    /// <summary>A grant that no client can ask for: the server must know one, also where it offers nothing.</summary>
    private const string NoGrant = "none";

    private static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(14);

    public void Configure(OpenIddictServerOptions options)
    {
        var current = OpenIdServerSettings.Of(settings.Current);
        options.Issuer = current.Authority;
        options.AccessTokenLifetime = AccessTokenLifetime;
        options.RefreshTokenLifetime = RefreshTokenLifetime;
        options.DisableAccessTokenEncryption = current.DisableAccessTokenEncryption;
        options.DisableRollingRefreshTokens = current.DisableRollingRefreshTokens;
        options.UseReferenceAccessTokens = current.UseReferenceAccessTokens;
        options.RequirePushedAuthorizationRequests = current.RequirePushedAuthorizationRequests;
        options.Scopes.UnionWith([Scopes.OpenId, Scopes.Email, Scopes.Phone, Scopes.Profile, Scopes.Roles]);
        AddKeys(options);
        AddEndpoints(options, current);
        foreach (var flow in current.Flows) Allow(options, flow);

        // Without a proof key a stolen code is as good as a token; no client needs to do without.
        options.RequireProofKeyForCodeExchange = options.GrantTypes.Contains(GrantTypes.AuthorizationCode);

        // A key that is sent as it is proves nothing to whoever reads along.
        options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
        if (options.GrantTypes.Count == 0) options.GrantTypes.Add(NoGrant);
    }

    public void Configure(OpenIddictServerDataProtectionOptions options) =>
        options.PreferDefaultAccessTokenFormat = OpenIdServerSettings.Of(settings.Current).IsJsonWebToken;

    private void AddKeys(OpenIddictServerOptions options)
    {
        options.SigningCredentials.AddRange(keys.Current.Signing.Select(key => new SigningCredentials(key, SecurityAlgorithms.RsaSha256)));
        options.EncryptionCredentials.AddRange(keys.Current.Encryption.Select(key =>
            new EncryptingCredentials(key, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)));
    }

    private static void AddEndpoints(OpenIddictServerOptions options, OpenIdServerSettings current)
    {
        var places = new Dictionary<OpenIdEndpoint, List<Uri>>
        {
            [OpenIdEndpoint.Authorization] = options.AuthorizationEndpointUris,
            [OpenIdEndpoint.Token] = options.TokenEndpointUris,
            [OpenIdEndpoint.Logout] = options.EndSessionEndpointUris,
            [OpenIdEndpoint.UserInfo] = options.UserInfoEndpointUris,
            [OpenIdEndpoint.Introspection] = options.IntrospectionEndpointUris,
            [OpenIdEndpoint.Revocation] = options.RevocationEndpointUris,
            [OpenIdEndpoint.PushedAuthorization] = options.PushedAuthorizationEndpointUris,
        };
        foreach (var endpoint in current.Endpoints) places[endpoint].Add(new Uri(endpoint.Path.TrimStart('/'), UriKind.Relative));
        if (current.Endpoints.Length > 0) return;
        options.ConfigurationEndpointUris.Clear();
        options.JsonWebKeySetEndpointUris.Clear();
    }

    private static void Allow(OpenIddictServerOptions options, OpenIdFlow flow)
    {
        var (grants, responses) = flow.Name switch
        {
            nameof(OpenIdFlow.AuthorizationCode) => ([GrantTypes.AuthorizationCode], [ResponseTypes.Code]),
            nameof(OpenIdFlow.ClientCredentials) => ([GrantTypes.ClientCredentials], []),
            nameof(OpenIdFlow.Password) => ([GrantTypes.Password], []),
            nameof(OpenIdFlow.RefreshToken) => ([GrantTypes.RefreshToken], []),
            nameof(OpenIdFlow.Implicit) => (
                [GrantTypes.Implicit], [ResponseTypes.IdToken, $"{ResponseTypes.IdToken} {ResponseTypes.Token}", ResponseTypes.Token]),
            _ => (new[] { GrantTypes.AuthorizationCode, GrantTypes.Implicit }, new[]
            {
                $"{ResponseTypes.Code} {ResponseTypes.IdToken}", $"{ResponseTypes.Code} {ResponseTypes.IdToken} {ResponseTypes.Token}",
                $"{ResponseTypes.Code} {ResponseTypes.Token}",
            }),
        };
        options.GrantTypes.UnionWith(grants);
        options.ResponseTypes.UnionWith(responses);
        if (flow == OpenIdFlow.RefreshToken) options.Scopes.Add(Scopes.OfflineAccess);
        if (responses.Length == 0) return;

        // No form_post: its page needs an inline script, which the content security policy forbids.
        options.ResponseModes.UnionWith([ResponseModes.Query, ResponseModes.Fragment]);
        options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
    }
}

/// <summary>Keeps options for as long as the settings and keys that they were made from are the current ones.</summary>
internal sealed class FollowingOptionsCache<TOptions>(SiteSettingsRegistry settings, OpenIdKeys keys) : IOptionsMonitorCache<TOptions> where TOptions : class
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public TOptions GetOrAdd(string? name, Func<TOptions> createOptions)
    {
        var (site, keySet) = (settings.Current, keys.Current);
        if (_entries.TryGetValue(name ?? "", out var entry) && ReferenceEquals(entry.Site, site) && ReferenceEquals(entry.Keys, keySet)) return entry.Options;
        return (_entries[name ?? ""] = new Entry(site, keySet, createOptions())).Options;
    }

    public bool TryAdd(string? name, TOptions options) => _entries.TryAdd(name ?? "", new Entry(settings.Current, keys.Current, options));

    public bool TryRemove(string? name) => _entries.TryRemove(name ?? "", out _);

    public void Clear() => _entries.Clear();

    private sealed record Entry(SiteSettings Site, OpenIdKeySet Keys, TOptions Options);
}
