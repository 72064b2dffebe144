using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Cms.SiteTests;

/// <summary>A client library for JavaScript that knows nothing of this site, <c>openid-client</c> from npm, completes both flows.</summary>
public sealed class OidcClientTests(AppSite site) : IClassFixture<AppSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    [Fact]
    public async Task An_unmodified_client_acts_for_a_user_and_for_itself()
    {
        await NodeClients.InstallOrSkipAsync(Cancel);
        var environment = new Dictionary<string, string>
        {
            ["SITE"] = _client.BaseAddress!.ToString(),
            ["PUBLIC_APP"] = AppSite.PublicApp,
            ["CALLBACK"] = AppSite.Callback,
            ["APP"] = AppSite.EditorApp,
            ["SECRET"] = AppSite.Secret,
        };
        using var client = NodeClients.Start(environment, ["node", "oidc.mjs"]);
        var errors = NodeClients.Errors(client);
        var address = await client.StandardOutput.ReadLineAsync(Cancel);
        address.ShouldNotBeNull(errors.ToString());
        using var browser = new AppBrowser(_client.BaseAddress);
        await client.StandardInput.WriteLineAsync(await browser.OpenAsync(address, AppSite.Callback, Cancel));
        var output = await client.StandardOutput.ReadToEndAsync(Cancel);
        await client.WaitForExitAsync(Cancel);
        client.ExitCode.ShouldBe(0, output + errors);

        var told = JsonNode.Parse(output)!;
        told["user"]!["name"]!.ToString().ShouldBe("admin");
        told["user"]!["role"]!.ToString().ShouldBe("Administrator");
        (await StatusAsync(told["user"]!["used"]!.ToString())).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(told["user"]!["refreshed"]!.ToString())).ShouldBe(HttpStatusCode.Unauthorized, "The client revoked it.");
        told["app"]!.ToJsonString().ShouldBe("""{"before":true,"status":200,"after":false,"error":"invalid_client"}""");
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/content/home-en");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await _client.SendAsync(request, Cancel)).StatusCode;
    }
}
