using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;

namespace Cms.SiteTests.Accounts;

/// <summary>A token gives the rights that its user or app has when it is used.</summary>
public sealed class TokenRightsTests(AppSite site) : IClassFixture<AppSite>
{
    /// <summary>What an editor may read, and readers may not.</summary>
    private const string Drafts = """{ page(status: DRAFT, first: 1) { displayText } }""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private static JsonObject App(string id, params string[] roles) => new()
    {
        ["name"] = "OpenIdApplication",
        ["ClientId"] = id,
        ["DisplayName"] = id,
        ["Type"] = "confidential",
        ["ConsentType"] = "implicit",
        ["ClientSecret"] = AppSite.Secret,
        ["AllowClientCredentialsFlow"] = true,
        ["AllowIntrospectionEndpoint"] = true,
        ["RoleEntries"] = new JsonArray([.. roles.Select(role => new JsonObject { ["Name"] = role })]),
    };

    private async Task<HttpStatusCode> PublishAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/content");
        request.Content = new StringContent("""{ "ContentType": "Page", "TitlePart": { "Title": "By an app" }, "Page": { "Summary": { "Text": "Short." } } }""", Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private async Task<JsonObject> PostAsync(string path, params (string Name, string Value)[] form)
    {
        using var answer = await _client.PostAsync(path, new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))), Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
    }

    private async Task<HttpStatusCode> ReadDraftsAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/graphql") { Content = JsonContent.Create(new { query = Drafts }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_role_that_a_recipe_takes_from_an_app_is_gone_from_the_tokens_it_has()
    {
        await site.RunAsync(App("demoted", "Editor"), Cancel);
        var token = await site.TokenAsync("demoted", Cancel);
        (await PublishAsync(token)).ShouldBe(HttpStatusCode.OK);
        await site.RunAsync(App("demoted"), Cancel);
        (await PublishAsync(token)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Tokens_of_an_app_that_is_gone_or_may_not_act_for_itself_are_refused()
    {
        await site.RunAsync(App("gone", "Editor"), Cancel);
        await site.RunAsync(App("stopped", "Editor"), Cancel);
        var (gone, stopped) = (await site.TokenAsync("gone", Cancel), await site.TokenAsync("stopped", Cancel));
        var without = App("stopped", "Editor");
        without.Remove("AllowClientCredentialsFlow");
        await site.RunAsync(without, Cancel);
        await using (var scope = site.NewScope())
        {
            var applications = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
            await applications.DeleteAsync((await applications.FindByClientIdAsync("gone", Cancel))!, Cancel);
        }

        (await ReadDraftsAsync(gone)).ShouldBe(HttpStatusCode.Unauthorized);
        (await ReadDraftsAsync(stopped)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("deleted")]
    [InlineData("role taken away")]
    [InlineData("new password")]
    public async Task Access_and_refresh_tokens_of_a_user_end_with_the_account(string change)
    {
        var name = await TestAccounts.NewAsync(site, Cancel);
        using var browser = new AppBrowser(_client.BaseAddress!, name, TestAccounts.Password);
        var app = new Duende.IdentityModel.OidcClient.OidcClient(new Duende.IdentityModel.OidcClient.OidcClientOptions
        {
            Authority = _client.BaseAddress!.ToString(),
            ClientId = AppSite.PublicApp,
            RedirectUri = AppSite.Callback,
            Scope = "openid offline_access",
            Browser = browser,
        });
        var tokens = await app.LoginAsync(new Duende.IdentityModel.OidcClient.LoginRequest(), Cancel);
        tokens.IsError.ShouldBeFalse($"{tokens.Error} {tokens.ErrorDescription}");
        (await ReadDraftsAsync(tokens.AccessToken)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("/connect/introspect", ("token", tokens.AccessToken), ("client_id", AppSite.EditorApp), ("client_secret", AppSite.Secret)))["active"].ShouldNotBeNull();
        await TestAccounts.ChangeAsync(site, name, (users, user) => change switch
        {
            "disabled" => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue),
            "deleted" => users.DeleteAsync(user),
            "role taken away" => users.RemoveFromRoleAsync(user, "Editor"),
            _ => users.ChangePasswordAsync(user, TestAccounts.Password, "Seven-Amber-Lanterns-5"),
        });
        (await ReadDraftsAsync(tokens.AccessToken)).ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("/connect/introspect", ("token", tokens.AccessToken), ("client_id", AppSite.EditorApp), ("client_secret", AppSite.Secret)))["active"]!.GetValue<bool>().ShouldBeFalse();
        (await PostAsync("/connect/token", ("grant_type", "refresh_token"), ("client_id", AppSite.PublicApp), ("refresh_token", tokens.RefreshToken)))
            ["error"]!.ToString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_role_given_to_a_user_counts_in_the_tokens_they_have()
    {
        var name = await TestAccounts.NewAsync(site, Cancel, "Translator");
        using var browser = new AppBrowser(_client.BaseAddress!, name, TestAccounts.Password);
        var app = new Duende.IdentityModel.OidcClient.OidcClient(new Duende.IdentityModel.OidcClient.OidcClientOptions
        {
            Authority = _client.BaseAddress!.ToString(),
            ClientId = AppSite.PublicApp,
            RedirectUri = AppSite.Callback,
            Scope = "openid",
            Browser = browser,
        });
        var tokens = await app.LoginAsync(new Duende.IdentityModel.OidcClient.LoginRequest(), Cancel);
        (await PublishAsync(tokens.AccessToken)).ShouldBe(HttpStatusCode.Forbidden);
        await TestAccounts.ChangeAsync(site, name, (users, user) => users.AddToRoleAsync(user, "Editor"));
        (await PublishAsync(tokens.AccessToken)).ShouldBe(HttpStatusCode.OK);
    }
}
