using System.Text.Json.Nodes;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Cms.SiteTests;

/// <summary>The recipe steps of the OpenID server: what they refuse, what they keep and what an export tells.</summary>
public sealed class OpenIdRecipeTests(AppSite site) : IClassFixture<AppSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "Type": "confidential" }""", "$.ClientSecret")]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "Type": "public", "ClientSecret": "s" }""", "$.ClientSecret")]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "Type": "secret" }""", "$.Type")]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "ConsentType": "never" }""", "$.ConsentType")]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "RedirectUris": "/callback" }""", "$.RedirectUris")]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "RedirectUris": "https://a.example/#b" }""", "$.RedirectUris")]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "RedirectUris": "javascript:alert(1)" }""", "$.RedirectUris")]
    [InlineData("""{ "name": "OpenIdApplication", "ClientId": "x", "AllowClientCredentialsFlow": true }""", "$.AllowClientCredentialsFlow")]
    [InlineData("""{ "name": "OpenIdApplication" }""", "$.ClientId")]
    [InlineData("""{ "name": "OpenIdScope" }""", "$.ScopeName")]
    [InlineData("""{ "name": "OpenIdServerSettings", "AllowAuthorizationCodeFlow": true, "EnableTokenEndpoint": true }""", "$.AllowAuthorizationCodeFlow")]
    [InlineData("""{ "name": "OpenIdServerSettings", "AccessTokenFormat": "Paper" }""", "$.AccessTokenFormat")]
    [InlineData("""{ "name": "OpenIdServerSettings", "Authority": "here" }""", "$.Authority")]
    [InlineData("""{ "name": "OpenIdValidationSettings", "Authority": "https://elsewhere.example/" }""", "$.Authority")]
    public async Task A_step_that_says_something_impossible_is_refused_with_its_place(string step, string path)
    {
        var problem = await Should.ThrowAsync<RecipeException>(site.RunAsync(JsonNode.Parse(step)!.AsObject(), Cancel));
        problem.Place!.Path.ShouldBe(path);
    }

    [Fact]
    public async Task A_lenient_recipe_leaves_out_what_does_not_work_and_says_so()
    {
        await using var scope = site.NewScope();
        JsonObject[] steps =
        [
            JsonNode.Parse("""{ "name": "OpenIdApplication", "ClientId": "half", "Type": "public", "AllowClientCredentialsFlow": true, "AllowRefreshTokenFlow": true }""")!.AsObject(),
        ];
        var recipe = new Recipe("Test", "test.recipe.json", new NullFileProvider(), [], steps);
        var report = await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, new RecipeOptions { IsLenient = true }, Cancel);
        report.Steps.Single().Notes.Single().ShouldContain("$.AllowClientCredentialsFlow");
        var exported = await ExportedAsync("half");
        exported["AllowRefreshTokenFlow"]!.GetValue<bool>().ShouldBeTrue();
        exported.ContainsKey("AllowClientCredentialsFlow").ShouldBeFalse();
    }

    [Fact]
    public async Task An_app_keeps_its_secret_when_its_registration_is_run_again_without_it()
    {
        var exported = await ExportedAsync(AppSite.ReaderApp);
        exported.ToJsonString().ShouldNotContain("ecret", Case.Sensitive);
        await site.RunAsync(exported, Cancel);
        (await site.TokenAsync(AppSite.ReaderApp, Cancel)).ShouldNotBeEmpty();
        JsonNode.DeepEquals(await ExportedAsync(AppSite.ReaderApp), exported).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_app_and_scope_is_a_step_of_its_own_in_an_export()
    {
        var app = await ExportedAsync(AppSite.PublicApp);
        app["RedirectUris"]!.ToString().ShouldBe(AppSite.Callback);
        app["ConsentType"]!.ToString().ShouldBe("explicit");
        app["RequireProofKeyForCodeExchange"]!.GetValue<bool>().ShouldBeTrue();
        (await ExportedAsync(AppSite.EditorApp))["RoleEntries"]![0]!["Name"]!.ToString().ShouldBe("Editor");
        var steps = await ExportAsync();
        steps.Single(step => step["name"]!.ToString() == "OpenIdScope")["Resources"]!.ToString().ShouldBe("elsewhere-api");
        steps.Single(step => step["name"]!.ToString() == "settings")["OpenIdServerSettings"]!["TokenEndpointPath"]!.ToString().ShouldBe("/connect/token");
    }

    private async Task<JsonObject> ExportedAsync(string clientId) => (await ExportAsync()).Single(step => step["ClientId"]?.ToString() == clientId);

    private async Task<List<JsonObject>> ExportAsync()
    {
        await using var scope = site.NewScope();
        var folder = Path.Combine(site.DataFolder, Path.GetRandomFileName());
        await scope.ServiceProvider.GetRequiredService<SiteExport>().WriteAsync(folder, [], Cancel);
        var recipe = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, SiteExport.FileName), Cancel))!;
        return [.. recipe["steps"]!.AsArray().Select(step => step!.DeepClone().AsObject())];
    }
}
