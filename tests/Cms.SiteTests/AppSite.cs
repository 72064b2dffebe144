using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cms.SiteTests;

/// <summary>The real site on a real port, with some apps registered and a clock that can be turned on.</summary>
public sealed class AppSite : Site
{
    /// <summary>Acts for itself with the role Editor.</summary>
    public const string EditorApp = "editor-app";

    /// <summary>Acts for itself with the role Translator.</summary>
    public const string TranslatorApp = "translator-app";

    /// <summary>Acts for itself without a role.</summary>
    public const string ReaderApp = "reader-app";

    /// <summary>Acts for users and has a secret, and neither refreshes its tokens nor acts for itself.</summary>
    public const string WebApp = "web-app";

    /// <summary>Acts for users, asks them once.</summary>
    public const string PublicApp = "public-app";

    public const string Secret = "a secret of some length";

    /// <summary>Where the browser returns to; nobody listens there.</summary>
    public const string Callback = "http://127.0.0.1:5560/callback";

    private const string Apps = """
        [
          { "name": "OpenIdScope", "ScopeName": "elsewhere", "DisplayName": "Another service", "Resources": "elsewhere-api" },
          { "name": "OpenIdApplication", "ClientId": "editor-app", "DisplayName": "Editor app", "Type": "confidential", "ConsentType": "implicit",
            "ClientSecret": "a secret of some length", "AllowClientCredentialsFlow": true, "AllowRevocationEndpoint": true, "AllowIntrospectionEndpoint": true,
            "RoleEntries": [ { "Name": "Editor" } ], "ScopeEntries": [ { "Name": "elsewhere" } ] },
          { "name": "OpenIdApplication", "ClientId": "translator-app", "DisplayName": "Translator app", "Type": "confidential", "ConsentType": "implicit",
            "ClientSecret": "a secret of some length", "AllowClientCredentialsFlow": true, "RoleEntries": [ { "Name": "Translator" } ] },
          { "name": "OpenIdApplication", "ClientId": "reader-app", "DisplayName": "Reader app", "Type": "confidential", "ConsentType": "implicit",
            "ClientSecret": "a secret of some length", "AllowClientCredentialsFlow": true },
          { "name": "OpenIdApplication", "ClientId": "web-app", "DisplayName": "Web app", "Type": "confidential", "ConsentType": "implicit",
            "ClientSecret": "a secret of some length", "RedirectUris": "http://127.0.0.1:5560/callback", "AllowAuthorizationCodeFlow": true },
          { "name": "OpenIdApplication", "ClientId": "public-app", "DisplayName": "Public app", "Type": "public", "ConsentType": "explicit",
            "RedirectUris": "http://127.0.0.1:5560/callback", "PostLogoutRedirectUris": "http://127.0.0.1:5560/bye",
            "AllowAuthorizationCodeFlow": true, "AllowRefreshTokenFlow": true, "AllowLogoutEndpoint": true, "AllowRevocationEndpoint": true,
            "AllowPushedAuthorizationEndpoint": true, "RequireProofKeyForCodeExchange": true }
        ]
        """;

    public TurnableClock Clock { get; } = new();

    public Accounts.CountedVerifications Verifications { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseEnvironment(Environments.Production);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            Verifications.AddTo(services);
        });
    }

    public override async ValueTask InitializeAsync()
    {
        UseKestrel(0);
        StartServer();
        foreach (var step in JsonNode.Parse(Apps)!.AsArray()) await RunAsync(step!.AsObject(), CancellationToken.None);
    }

    public async Task RunAsync(JsonObject step, CancellationToken cancellationToken)
    {
        await using var scope = NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, step, cancellationToken);
    }

    /// <summary>An access token of an app that acts for itself.</summary>
    public async Task<string> TokenAsync(string app, CancellationToken cancellationToken)
    {
        using var client = CreateClient();
        using var answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = app,
            ["client_secret"] = Secret,
        }), cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["access_token"].ShouldNotBeNull().ToString();
    }
}

/// <summary>The machine's clock, and how far it was turned on.</summary>
public sealed class TurnableClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void TurnOn(TimeSpan time) => _ahead += time;
}
