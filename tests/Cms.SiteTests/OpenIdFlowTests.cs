using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Duende.IdentityModel.Client;
using Duende.IdentityModel.OidcClient;

namespace Cms.SiteTests;

/// <summary>Apps get tokens through a client library that knows nothing of this site, over real HTTP.</summary>
public sealed class OpenIdFlowTests(AppSite site) : IClassFixture<AppSite>
{
    /// <summary>Longer than a refresh token may be sent again by an app that lost the answer.</summary>
    private static readonly TimeSpan AfterLeeway = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private Uri Address => _client.BaseAddress!;

    private OidcClient NewApp(AppBrowser browser, string scope = "openid profile roles offline_access") => new(new OidcClientOptions
    {
        Authority = Address.ToString(),
        ClientId = AppSite.PublicApp,
        RedirectUri = AppSite.Callback,
        PostLogoutRedirectUri = "http://127.0.0.1:5560/bye",
        Scope = scope,
        Browser = browser,
    });

    private async Task<LoginResult> SignedInAsync(string scope = "openid profile roles offline_access")
    {
        using var browser = new AppBrowser(Address);
        var result = await NewApp(browser, scope).LoginAsync(new LoginRequest(), Cancel);
        result.IsError.ShouldBeFalse($"{result.Error} {result.ErrorDescription}");
        return result;
    }

    private async Task<HttpStatusCode> ReadAsync(string token, string path = "/api/content/home-en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await _client.SendAsync(request, Cancel)).StatusCode;
    }

    private async Task<JsonObject> TokenAsync(params (string Name, string Value)[] form)
    {
        using var answer = await _client.PostAsync("/connect/token", new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
    }

    private static string Authorize(string redirectUri = AppSite.Callback, string? challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", string more = "") =>
        $"/connect/authorize?response_type=code&client_id={AppSite.PublicApp}&scope=openid&state=s&redirect_uri={Uri.EscapeDataString(redirectUri)}"
        + (challenge is null ? "" : $"&code_challenge={challenge}&code_challenge_method=S256") + more;

    [Fact]
    public async Task An_app_acts_for_a_user_who_allows_it()
    {
        using var browser = new AppBrowser(Address);
        var app = NewApp(browser);
        var signedIn = await app.LoginAsync(new LoginRequest(), Cancel);
        signedIn.IsError.ShouldBeFalse($"{signedIn.Error} {signedIn.ErrorDescription}");
        signedIn.User.FindFirst("name")!.Value.ShouldBe("admin");
        signedIn.User.FindFirst("role")!.Value.ShouldBe("Administrator");
        (await ReadAsync(signedIn.AccessToken)).ShouldBe(HttpStatusCode.OK);
        (await app.GetUserInfoAsync(signedIn.AccessToken, Cancel)).Claims.ShouldContain(claim => claim.Type == "preferred_username" && claim.Value == "admin");
        var refreshed = await app.RefreshTokenAsync(signedIn.RefreshToken, cancellationToken: Cancel);
        refreshed.IsError.ShouldBeFalse($"{refreshed.Error} {refreshed.ErrorDescription}");
        (await ReadAsync(refreshed.AccessToken)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_app_acts_for_itself_with_the_roles_of_its_registration()
    {
        var discovery = await _client.GetDiscoveryDocumentAsync(cancellationToken: Cancel);
        discovery.IsError.ShouldBeFalse(discovery.Error);
        using var request = new ClientCredentialsTokenRequest { Address = discovery.TokenEndpoint, ClientId = AppSite.EditorApp, ClientSecret = AppSite.Secret };
        var tokens = await _client.RequestClientCredentialsTokenAsync(request, Cancel);
        tokens.IsError.ShouldBeFalse(tokens.Error);
        (await ReadAsync(tokens.AccessToken!)).ShouldBe(HttpStatusCode.OK);
        tokens.ExpiresIn.ShouldBeInRange(1, 3600);
    }

    [Fact]
    public async Task A_user_is_asked_once_and_in_their_language()
    {
        using var browser = new AppBrowser(Address);
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("sq");
        browser.Consent = "no";
        var refused = await NewApp(browser, "openid phone").LoginAsync(new LoginRequest(), Cancel);
        refused.Error.ShouldBe("access_denied");
        browser.Consent = "yes";
        (await NewApp(browser, "openid phone").LoginAsync(new LoginRequest(), Cancel)).IsError.ShouldBeFalse();
        (await NewApp(browser, "openid phone").LoginAsync(new LoginRequest(), Cancel)).IsError.ShouldBeFalse();
        browser.Asked.ShouldBe(["/Login", "/connect/consent", "/connect/consent"]);
        var page = await browser.Client.GetStringAsync($"/connect/consent?client={AppSite.PublicApp}&scope=openid%20phone&ReturnUrl=" + Uri.EscapeDataString(Authorize()), Cancel);
        page.ShouldContain("numrin tuaj të telefonit");
        page.ShouldContain("Public app");
    }

    [Fact]
    public async Task The_pages_on_the_way_let_a_form_lead_to_the_app_and_nowhere_else()
    {
        var signIn = await _client.GetAsync("/Login?ReturnUrl=" + Uri.EscapeDataString(Authorize("https://evil.example/")), Cancel);
        signIn.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("form-action 'self' http://127.0.0.1:5560;");
        (await _client.GetAsync("/Login", Cancel)).Headers.GetValues("Content-Security-Policy").Single().ShouldContain("form-action 'self';");
    }

    [Fact]
    public async Task A_consent_needs_the_forms_token_and_can_not_be_made_up()
    {
        using var browser = new AppBrowser(Address);
        await browser.OpenAsync(Authorize(), AppSite.Callback, Cancel);
        var page = "/connect/consent?client=public-app&scope=openid&ReturnUrl=" + Uri.EscapeDataString(Authorize());
        var forged = await browser.Client.PostAsync(page, new FormUrlEncodedContent([KeyValuePair.Create("_handler", "consent"), KeyValuePair.Create("answer", "yes")]), Cancel);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var madeUp = await browser.Client.GetAsync(Authorize(more: "&prompt=consent&consent=yes"), Cancel);
        madeUp.Headers.Location!.ToString().ShouldStartWith("/connect/consent");
    }

    [Fact]
    public async Task A_code_needs_a_proof_key_and_its_verifier()
    {
        using var browser = new AppBrowser(Address);
        (await browser.OpenAsync(Authorize(challenge: null), AppSite.Callback, Cancel)).ShouldStartWith("400 ");
        var code = QueryOf(await browser.OpenAsync(Authorize(), AppSite.Callback, Cancel), "code");
        (string, string)[] form = [("grant_type", "authorization_code"), ("client_id", AppSite.PublicApp), ("redirect_uri", AppSite.Callback), ("code", code)];
        (await TokenAsync(form))["error"]!.ToString().ShouldBe("invalid_request");
        (await TokenAsync([.. form, ("code_verifier", new string('x', 43))]))["error"]!.ToString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_counts_once()
    {
        using var browser = new AppBrowser(Address);
        var code = QueryOf(await browser.OpenAsync(Authorize(), AppSite.Callback, Cancel), "code");
        (string, string)[] form =
        [
            ("grant_type", "authorization_code"), ("client_id", AppSite.PublicApp), ("redirect_uri", AppSite.Callback), ("code", code),
            ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
        ];
        (await TokenAsync(form))["access_token"].ShouldNotBeNull();
        (await TokenAsync(form))["error"]!.ToString().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5560/callback/")]
    [InlineData("http://127.0.0.1:5560/callback?more=1")]
    [InlineData("http://127.0.0.1:5560/CALLBACK")]
    [InlineData("https://evil.example/callback")]
    public async Task Only_a_registered_address_gets_an_answer(string address)
    {
        using var browser = new AppBrowser(Address);
        var answer = await browser.Client.GetAsync(Authorize(address), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Location.ShouldBeNull();
    }

    [Fact]
    public async Task An_app_that_may_not_ask_learns_that_nobody_is_signed_in()
    {
        using var browser = new AppBrowser(Address);
        (await browser.OpenAsync(Authorize(more: "&prompt=none"), AppSite.Callback, Cancel)).ShouldContain("error=login_required");
        browser.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_can_be_pushed_ahead()
    {
        using var pushed = await _client.PostAsync("/connect/par", new FormUrlEncodedContent(new Uri(Address, Authorize()).Query.TrimStart('?').Split('&')
            .Select(pair => pair.Split('=')).Select(pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1])))), Cancel);
        var uri = (await pushed.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["request_uri"].ShouldNotBeNull().ToString();
        using var browser = new AppBrowser(Address);
        var end = await browser.OpenAsync($"/connect/authorize?client_id={AppSite.PublicApp}&request_uri={Uri.EscapeDataString(uri)}", AppSite.Callback, Cancel);
        QueryOf(end, "code").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_refresh_token_that_was_used_ends_what_grew_out_of_it()
    {
        var first = await SignedInAsync();
        (string, string)[] Form(string token) => [("grant_type", "refresh_token"), ("client_id", AppSite.PublicApp), ("refresh_token", token)];
        var second = await TokenAsync(Form(first.RefreshToken));
        second["refresh_token"]!.ToString().ShouldNotBe(first.RefreshToken);
        site.Clock.TurnOn(AfterLeeway);
        (await TokenAsync(Form(first.RefreshToken)))["error"]!.ToString().ShouldBe("invalid_grant");
        (await TokenAsync(Form(second["refresh_token"]!.ToString())))["error"]!.ToString().ShouldBe("invalid_grant");
        (await ReadAsync(second["access_token"]!.ToString())).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_revoked_token_is_dead_at_once()
    {
        var token = await site.TokenAsync(AppSite.EditorApp, Cancel);
        (await ReadAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await IsActiveAsync(token)).ShouldBeTrue();
        using var revoked = await _client.PostAsync("/connect/revoke", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = token,
            ["client_id"] = AppSite.EditorApp,
            ["client_secret"] = AppSite.Secret,
        }), Cancel);
        revoked.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
        (await IsActiveAsync(token)).ShouldBeFalse();
    }

    private async Task<bool> IsActiveAsync(string token)
    {
        using var answer = await _client.PostAsync("/connect/introspect", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["token"] = token,
            ["client_id"] = AppSite.EditorApp,
            ["client_secret"] = AppSite.Secret,
        }), Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["active"]!.GetValue<bool>();
    }

    [Fact]
    public async Task The_password_flow_is_off_until_a_recipe_turns_it_on() =>
        (await TokenAsync(("grant_type", "password"), ("client_id", AppSite.PublicApp), ("username", "admin"), ("password", Site.AdministratorPassword)))
            ["error"]!.ToString().ShouldBe("unsupported_grant_type");

    [Fact]
    public async Task A_stranger_can_not_sign_a_user_out()
    {
        using var browser = new AppBrowser(Address);
        await browser.OpenAsync(Authorize(), AppSite.Callback, Cancel);
        (await browser.Client.GetAsync("/connect/logout", Cancel)).Headers.Location!.ToString().ShouldStartWith("/connect/signout");
        (await browser.OpenAsync(Authorize(), AppSite.Callback, Cancel)).ShouldContain("code=");
    }

    [Fact]
    public async Task A_user_signs_out_from_the_app()
    {
        using var browser = new AppBrowser(Address);
        var app = NewApp(browser, "openid");
        var signedIn = await app.LoginAsync(new LoginRequest(), Cancel);
        var ended = await browser.OpenAsync(
            $"/connect/logout?id_token_hint={signedIn.IdentityToken}&post_logout_redirect_uri={Uri.EscapeDataString("http://127.0.0.1:5560/bye")}", "http://127.0.0.1:5560/bye", Cancel);
        ended.ShouldStartWith("http://127.0.0.1:5560/bye");
        (await browser.OpenAsync(Authorize(more: "&prompt=none"), AppSite.Callback, Cancel)).ShouldContain("error=login_required");
    }

    private static string QueryOf(string address, string name) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(name, out var value) ? value.ToString() : throw new ShouldAssertException($"{address} has no {name}.");
}
