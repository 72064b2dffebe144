using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.SiteTests;

/// <summary>A request with a token that is not valid is refused, also where an anonymous visitor would be answered.</summary>
public sealed class HostileTokenTests(AppSite site) : IClassFixture<AppSite>
{
    private const string Open = "/api/content/home-en";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private async Task<HttpResponseMessage> GetAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await _client.SendAsync(request, Cancel);
    }

    private static string Part(string text) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(text));

    private string Claims(string issuer) =>
        Part($$"""{"iss":"{{issuer}}","sub":"admin","aud":"oct:Default","role":"Administrator","exp":{{site.Clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}},"oi_tkn_id":"x"}""");

    private string Signed(string header, string issuer)
    {
        using var key = RSA.Create(2048);
        var text = $"{Part(header)}.{Claims(issuer)}";
        return $"{text}.{WebEncoders.Base64UrlEncode(key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("signed by a stranger")]
    [InlineData("of another issuer")]
    [InlineData("nonsense")]
    [InlineData("changed")]
    [InlineData("empty")]
    public async Task A_token_that_the_site_did_not_make_is_refused(string kind)
    {
        (await GetAsync(Open, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var good = await site.TokenAsync(AppSite.EditorApp, Cancel);
        var token = kind switch
        {
            "unsigned" => $"{Part("""{"alg":"none","typ":"at+jwt"}""")}.{Claims(_client.BaseAddress!.ToString())}.",
            "signed by a stranger" => Signed("""{"alg":"RS256","typ":"at+jwt"}""", _client.BaseAddress!.ToString()),
            "of another issuer" => Signed("""{"alg":"RS256","typ":"at+jwt"}""", "https://evil.example/"),
            "changed" => good[..^8] + "AAAAAAAA",
            "empty" => "",
            _ => "\"';--<script>",
        };
        foreach (var path in new[] { Open, "/api/graphql?query={__typename}", "/api/nothing" })
        {
            var answer = await GetAsync(path, token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, path);
            answer.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["error"].ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_token_of_a_megabyte_is_refused()
    {
        var answer = await GetAsync(Open, new string('x', 1024 * 1024));
        ((int)answer.StatusCode).ShouldBeOneOf(StatusCodes.TooLongHeaders, (int)HttpStatusCode.Unauthorized);
        // Refused before it is sent, or the connection would be closed in the middle of it.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/revoke") { Content = new FormUrlEncodedContent([KeyValuePair.Create("token", new string('x', 1024 * 1024))]) };
        request.Headers.ExpectContinue = true;
        using var posted = await _client.SendAsync(request, Cancel);
        posted.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task The_keys_with_which_tokens_are_made_are_readable_by_the_sites_account_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps the rights of files otherwise.");

        // Made when they are first needed.
        await site.TokenAsync(AppSite.EditorApp, Cancel);
        var keys = new[] { "keys", "openid-keys" }.SelectMany(folder => Directory.GetFiles(Path.Combine(site.DataFolder, folder))).ToList();
        keys.Count.ShouldBeGreaterThanOrEqualTo(3);
#pragma warning disable CA1416 // Skipped there.
        foreach (var key in keys) File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, key);
#pragma warning restore CA1416
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        var token = await site.TokenAsync(AppSite.EditorApp, Cancel);
        (await GetAsync(Open, token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Clock.TurnOn(TimeSpan.FromHours(2));
        (await GetAsync(Open, token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_for_another_service_opens_nothing_here()
    {
        using var answer = await _client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = AppSite.EditorApp,
            ["client_secret"] = AppSite.Secret,
            ["scope"] = "elsewhere",
        }), Cancel);
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["access_token"]!.ToString();
        (await GetAsync(Open, token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_admin_takes_no_tokens()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(AppSite.EditorApp, Cancel));
        (await client.GetAsync("/Admin/Contents/ContentItems", Cancel)).Headers.Location!.ToString().ShouldContain("/Login");
    }

    [Fact]
    public async Task A_token_in_the_address_does_not_count()
    {
        var token = await site.TokenAsync(AppSite.EditorApp, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/content/home-en?access_token={token}");
        (await _client.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    public async Task Tokens_are_given_over_https_only_also_where_a_proxy_speaks_it(string? forwarded, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token");
        request.Headers.Host = "cms.example.org";
        if (forwarded is not null) request.Headers.Add("X-Forwarded-Proto", forwarded);
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = AppSite.EditorApp,
            ["client_secret"] = AppSite.Secret,
        });
        (await _client.SendAsync(request, Cancel)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task An_account_rests_after_five_wrong_passwords()
    {
        await site.RunAsync(new JsonObject { ["name"] = "command", ["Commands"] = new JsonArray("createUser /UserName:forgetful /Password:Correct-Horse-9-Battery /Email:forgetful@example.org /Roles:Editor") }, Cancel);
        const string request = "/connect/authorize?response_type=code&client_id=public-app&scope=openid&redirect_uri=http%3A%2F%2F127.0.0.1%3A5560%2Fcallback"
            + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
        for (var attempt = 0; attempt < 5; attempt++)
        {
            using var guessing = new AppBrowser(_client.BaseAddress!, "forgetful", "wrong");
            (await guessing.OpenAsync(request, AppSite.Callback, Cancel)).ShouldStartWith("200 ");
        }

        using var remembering = new AppBrowser(_client.BaseAddress!, "forgetful");
        (await remembering.OpenAsync(request, AppSite.Callback, Cancel)).ShouldStartWith("429 ");
    }

    private static class StatusCodes
    {
        public const int TooLongHeaders = 431;
    }
}
