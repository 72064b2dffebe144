using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.SiteTests;

/// <summary>What apps do wrong on the way to a token, and what they are told: the error that the standard names, its status, and nothing else.</summary>
public sealed class OpenIdErrorTests(AppSite site) : IClassFixture<AppSite>
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private const string Credentials = "grant_type=client_credentials&client_id=editor-app&client_secret=a+secret+of+some+length";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    [Theory]
    [InlineData("wrong secret", "grant_type=client_credentials&client_id=editor-app&client_secret=wrong", 401, "invalid_client")]
    [InlineData("no secret", "grant_type=client_credentials&client_id=editor-app", 400, "invalid_request")]
    [InlineData("unknown app", "grant_type=client_credentials&client_id=nobody&client_secret=x", 401, "invalid_client")]
    [InlineData("no app", "grant_type=client_credentials", 400, "invalid_request")]
    [InlineData("no flow", "client_id=editor-app&client_secret=a+secret+of+some+length", 400, "invalid_request")]
    [InlineData("unknown flow", "grant_type=urn%3Amagic&client_id=editor-app&client_secret=a+secret+of+some+length", 400, "unsupported_grant_type")]
    [InlineData("a flow that the app has not", "grant_type=client_credentials&client_id=web-app&client_secret=a+secret+of+some+length", 400, "unauthorized_client")]
    [InlineData("unknown scope", Credentials + "&scope=everything", 400, "invalid_scope")]
    [InlineData("a scope that the app has not", "grant_type=client_credentials&client_id=reader-app&client_secret=a+secret+of+some+length&scope=elsewhere", 400, "invalid_request")]
    [InlineData("a code that nobody gave", "grant_type=authorization_code&client_id=public-app&code=x&redirect_uri=http%3A%2F%2F127.0.0.1%3A5560%2Fcallback&code_verifier=" + Verifier, 400, "invalid_grant")]
    [InlineData("no code", "grant_type=authorization_code&client_id=public-app&redirect_uri=http%3A%2F%2F127.0.0.1%3A5560%2Fcallback&code_verifier=" + Verifier, 400, "invalid_request")]
    [InlineData("a refresh token that nobody gave", "grant_type=refresh_token&client_id=public-app&refresh_token=x", 400, "invalid_grant")]
    [InlineData("no refresh token", "grant_type=refresh_token&client_id=public-app", 400, "invalid_request")]
    [InlineData("a user's password", "grant_type=password&client_id=public-app&username=admin&password=x", 400, "unsupported_grant_type")]
    public async Task A_token_is_refused(string what, string form, int status, string error) => await RefusedAsync("/connect/token", form, status, error, what);

    [Theory]
    [InlineData("introspect", "token=x&client_id=editor-app&client_secret=wrong", 401, "invalid_client")]
    [InlineData("introspect", "token=x", 401, "invalid_client")]
    [InlineData("introspect", "client_id=editor-app&client_secret=a+secret+of+some+length", 400, "invalid_request")]
    [InlineData("revoke", "token=x&client_id=editor-app&client_secret=wrong", 401, "invalid_client")]
    [InlineData("revoke", "client_id=editor-app&client_secret=a+secret+of+some+length", 400, "invalid_request")]
    public async Task Introspection_and_revocation_know_who_asks(string endpoint, string form, int status, string error) => await RefusedAsync("/connect/" + endpoint, form, status, error, form);

    [Fact]
    public async Task Only_an_app_with_the_right_looks_into_its_tokens_and_revokes_them_and_never_those_of_another()
    {
        var token = await site.TokenAsync(AppSite.TranslatorApp, Cancel);
        var form = $"token={Uri.EscapeDataString(token)}&client_id=editor-app&client_secret=a+secret+of+some+length";
        using var looked = await PostAsync("/connect/introspect", form);
        JsonNode.Parse(await looked.Content.ReadAsStringAsync(Cancel))!["active"]?.GetValue<bool>().ShouldBeFalse();
        using var revoked = await PostAsync("/connect/revoke", form);
        foreach (var endpoint in new[] { "introspect", "revoke" })
            await RefusedAsync("/connect/" + endpoint, $"token={Uri.EscapeDataString(token)}&client_id=translator-app&client_secret=a+secret+of+some+length", 400, "unauthorized_client", endpoint);
        (await StatusAsync(HttpMethod.Get, "/api/content/home-en", token)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_is_good_for_its_app_its_address_and_its_time_only()
    {
        await RefusedAsync("/connect/token", Exchange(await CodeAsync(), AppSite.Callback + "2"), 400, "invalid_grant", "another address");
        await RefusedAsync("/connect/token", Exchange(await CodeAsync(), AppSite.Callback)
            .Replace("client_id=public-app", "client_id=web-app&client_secret=a+secret+of+some+length", StringComparison.Ordinal), 400, "invalid_grant", "another app");
        var late = await CodeAsync();
        site.Clock.TurnOn(TimeSpan.FromMinutes(30));
        await RefusedAsync("/connect/token", Exchange(late, AppSite.Callback), 400, "invalid_grant", "too late");
    }

    [Fact]
    public async Task A_refresh_token_ends_with_its_time_and_is_good_for_its_app_only()
    {
        using var answer = await PostAsync("/connect/token", Exchange(await CodeAsync("openid offline_access"), AppSite.Callback));
        var refresh = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["refresh_token"].ShouldNotBeNull().ToString();
        site.Clock.TurnOn(TimeSpan.FromDays(60));
        await RefusedAsync("/connect/token", $"grant_type=refresh_token&client_id=public-app&refresh_token={Uri.EscapeDataString(refresh)}", 400, "invalid_grant", "too late");
    }

    [Theory]
    [InlineData("&code_challenge_method=plain", "invalid_request")]
    [InlineData("&response_mode=magic", "invalid_request")]
    [InlineData("&scope=openid+everything", "invalid_scope")]
    [InlineData("&prompt=none+login", "invalid_request")]
    public async Task What_is_wrong_with_a_request_for_a_code_is_told_to_the_app_or_to_nobody(string change, string error)
    {
        using var browser = new AppBrowser(_client.BaseAddress!);
        var address = new Uri(_client.BaseAddress!, Authorize());
        var query = QueryHelpers.ParseQuery(address.Query);
        foreach (var (name, value) in QueryHelpers.ParseQuery(change)) query[name] = value;
        using var answer = await browser.Client.GetAsync(QueryHelpers.AddQueryString("/connect/authorize", query), Cancel);
        if (answer.Headers.Location is { } location)
        {
            location.ToString().ShouldStartWith(AppSite.Callback);
            location.ToString().ShouldContain($"error={error}");
            location.ToString().ShouldContain("state=s");
        }
        else
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain(error);
        }
    }

    [Fact]
    public async Task Who_a_user_is_is_told_to_the_users_own_token_only()
    {
        (await StatusAsync(HttpMethod.Get, "/connect/userinfo", null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Get, "/connect/userinfo", "x")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(HttpMethod.Get, "/connect/userinfo", await site.TokenAsync(AppSite.EditorApp, Cancel))).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden);
        (await StatusAsync(HttpMethod.Get, "/connect/token", null)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Discovery_names_what_there_is_and_the_keys_are_public_ones()
    {
        var document = JsonNode.Parse(await _client.GetStringAsync("/.well-known/openid-configuration", Cancel))!;
        foreach (var endpoint in new[] { "authorization", "token", "userinfo", "introspection", "revocation", "end_session", "pushed_authorization_request" })
            document[$"{endpoint}_endpoint"].ShouldNotBeNull(endpoint).ToString().ShouldStartWith(_client.BaseAddress!.ToString());
        document["issuer"]!.ToString().ShouldBe(_client.BaseAddress!.ToString());
        string[] Of(string member) => [.. document[member]!.AsArray().Select(value => value!.ToString())];
        Of("grant_types_supported").ShouldBe(["authorization_code", "client_credentials", "refresh_token"], ignoreOrder: true);
        Of("code_challenge_methods_supported").ShouldBe(["S256"]);
        Of("scopes_supported").ShouldContain("roles");
        var key = JsonNode.Parse(await _client.GetStringAsync(document["jwks_uri"]!.ToString(), Cancel))!["keys"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        key.Select(member => member.Key).ShouldNotContain(name => new[] { "d", "p", "q", "dp", "dq", "qi", "k" }.Contains(name));
    }

    private async Task RefusedAsync(string path, string form, int status, string error, string what)
    {
        using var answer = await PostAsync(path, form);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(status, $"{what}: {text}");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json", what);
        if (path == "/connect/token") answer.Headers.CacheControl!.NoStore.ShouldBeTrue(what);
        var body = JsonNode.Parse(text)!.AsObject();
        body["error"]!.ToString().ShouldBe(error, what);
        body["error_description"]!.ToString().ShouldNotBeEmpty(what);
        body.Select(member => member.Key).Except(["error", "error_description", "error_uri"]).ShouldBeEmpty(what);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string form) =>
        _client.PostAsync(path, new StringContent(form, new MediaTypeHeaderValue("application/x-www-form-urlencoded")), Cancel);

    private async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await _client.SendAsync(request, Cancel)).StatusCode;
    }

    private async Task<string> CodeAsync(string scope = "openid")
    {
        using var browser = new AppBrowser(_client.BaseAddress!);
        var end = await browser.OpenAsync(Authorize(scope), AppSite.Callback, Cancel);
        return QueryHelpers.ParseQuery(new Uri(end).Query)["code"].ToString();
    }

    private static string Authorize(string scope = "openid") =>
        $"/connect/authorize?response_type=code&client_id={AppSite.PublicApp}&scope={Uri.EscapeDataString(scope)}&state=s&redirect_uri={Uri.EscapeDataString(AppSite.Callback)}"
        + $"&code_challenge={Challenge}&code_challenge_method=S256";

    private static string Exchange(string code, string address) =>
        $"grant_type=authorization_code&client_id={AppSite.PublicApp}&code={Uri.EscapeDataString(code)}&redirect_uri={Uri.EscapeDataString(address)}&code_verifier={Verifier}";
}
