using System.Net;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Cms.SiteTests.Publishing;

/// <summary>Redirects and rewrites by rules of the recipe step.</summary>
public sealed class RewritingTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task AddAsync(params IEnumerable<string> rules)
    {
        await using var scope = site.NewScope();
        var recipe = $$"""{ "name": "Test", "steps": [ { "name": "UrlRewriting", "Rules": [ {{string.Join(',', rules)}} ] } ] }""";
        await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(Recipe.Read("test.recipe.json", recipe, new NullFileProvider()), new RecipeOptions(), Cancel);
    }

    private static string Redirect(string id, string pattern, string target, string more = "") =>
        $$"""{ "Id": "{{id}}", "Source": "Redirect", "Name": "{{id}}", "Pattern": "{{pattern}}", "SubstitutionPattern": "{{target}}" {{more}} }""";

    private async Task<(int Status, string? Location)> GetAsync(string path)
    {
        var response = await _client.GetAsync(path, Cancel);
        return ((int)response.StatusCode, response.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("\"RedirectType\": \"MovedPermanently\"", 301)]
    [InlineData("\"RedirectType\": \"PermanentRedirect\"", 308)]
    [InlineData("\"RedirectType\": 307", 307)]
    [InlineData("\"RedirectType\": \"Found\"", 302)]
    public async Task A_redirect_has_the_type_that_its_rule_states(string type, int status)
    {
        await AddAsync(Redirect($"type-{status}", $"^/typed-{status}/(.*)$", "/en/$1", ", " + type));
        (await GetAsync($"/typed-{status}/contact?a=1")).ShouldBe((status, "/en/contact?a=1"));
    }

    [Fact]
    public async Task Case_and_query_string_follow_the_rule()
    {
        await AddAsync(
            Redirect("exact", "^/Exact$", "/en"), Redirect("loose", "^/loose$", "/en?x=1", """, "IsCaseInsensitive": true"""), Redirect("drop", "^/drop$", "/en", """, "QueryStringPolicy": "Drop" """));
        (await GetAsync("/Exact")).Location.ShouldBe("/en");
        (await GetAsync("/exact")).Status.ShouldBe(404);
        (await GetAsync("/LOOSE?y=2")).Location.ShouldBe("/en?x=1&y=2");
        (await GetAsync("/drop?y=2")).Location.ShouldBe("/en");
    }

    [Fact]
    public async Task A_rewrite_answers_in_place_and_the_rules_after_it_see_the_new_address_unless_it_is_the_last()
    {
        await AddAsync(
            """{ "Id": "rw-1", "Source": "Rewrite", "Name": "a", "Pattern": "^/rw-contact$", "SubstitutionPattern": "/en/contact", "SkipFurtherRules": true }""",
            """{ "Id": "rw-2", "Source": "Rewrite", "Name": "b", "Pattern": "^/rw-on$", "SubstitutionPattern": "/rw-next" }""",
            Redirect("rw-3", "^/rw-next$", "/en/news"));
        (await _client.GetStringAsync("/rw-contact", Cancel)).ShouldContain("Opening hours");
        (await GetAsync("/rw-on")).Location.ShouldBe("/en/news");
    }

    [Fact]
    public async Task Redirects_that_follow_one_another_are_one_and_circles_are_none()
    {
        await AddAsync(
            Redirect("c-1", "^/chain-1$", "/chain-2"), Redirect("c-2", "^/chain-2$", "/chain-3"), Redirect("c-3", "^/chain-3$", "/en"),
            Redirect("l-1", "^/circle-1$", "/circle-2"), Redirect("l-2", "^/circle-2$", "/circle-1"), Redirect("l-3", "^/growing(.*)$", "/growing$1x"));
        (await GetAsync("/chain-1")).Location.ShouldBe("/en");
        (await GetAsync("/circle-1")).Status.ShouldBe(404);
        (await GetAsync("/growing")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task No_rule_leads_to_a_stranger_s_host_or_locks_editors_out()
    {
        await AddAsync(Redirect("open", "^/out/(.*)$", "/$1"), Redirect("lock", "^/(Admin|Login).*$", "/en"));
        (await GetAsync("/out//evil.example")).Status.ShouldBe(404);
        (await GetAsync("/Login")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_pattern_that_would_take_for_ever_does_not()
    {
        await AddAsync(Redirect("slow", "^/slow(?=((a+)+)b)", "/en"));
        (await GetAsync("/slow" + new string('a', 200) + "c")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Rules_and_sitemaps_are_exported()
    {
        await AddAsync(Redirect("exported", "^/exported$", "/en"));
        await using var scope = site.NewScope();
        var folder = Directory.CreateTempSubdirectory("export").FullName;
        (await scope.ServiceProvider.GetRequiredService<SiteExport>().WriteAsync(folder, [], Cancel)).ShouldContain("UrlRewriting");
        var json = await File.ReadAllTextAsync(Path.Combine(folder, SiteExport.FileName), Cancel);
        json.ShouldContain("^/exported$");
        json.ShouldContain("ContainedSitemapIds");
        Directory.Delete(folder, recursive: true);
    }
}
