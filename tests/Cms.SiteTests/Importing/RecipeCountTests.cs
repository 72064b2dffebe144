using Cms.Platform.Recipes;

namespace Cms.SiteTests.Importing;

public sealed class SqliteRecipeCountTests(Site site) : RecipeCountTests(site);

public sealed class PostgresRecipeCountTests(PostgresSite site) : RecipeCountTests(site.OrSkip());

/// <summary>A recipe says what it changes, when it is tried and when it is run, and nothing when it is run again.</summary>
public abstract class RecipeCountTests(Site site)
{
    private readonly Recipes _recipes = new(site);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accounts_roles_apps_scopes_and_files_are_counted_step_by_step()
    {
        var mark = Core.Content.ContentId.New()[..10];
        string[] steps =
        [
            $$"""{ "name": "Roles", "Roles": [ { "Name": "Role {{mark}}", "Permissions": [ "ViewContent", "ViewContent" ] } ] }""",
            $$"""{ "name": "Users", "Users": [ { "UserId": "u-{{mark}}", "UserName": "u-{{mark}}", "Email": "{{mark}}@example.org", "Password": "Orchard-Lake-27", "RoleNames": [ "Role {{mark}}" ] } ] }""",
            $$"""{ "name": "OpenIdScope", "ScopeName": "scope-{{mark}}", "DisplayName": "Scope", "Resources": "b a" }""",
            $$"""{ "name": "OpenIdApplication", "ClientId": "app-{{mark}}", "DisplayName": "App", "Type": "confidential", "ClientSecret": "Secret-{{mark}}", "AllowClientCredentialsFlow": true, "RoleEntries": [ { "Name": "Role {{mark}}" } ] }""",
            $$"""{ "name": "media", "Files": [ { "TargetPath": "counted/{{mark}}.png", "Base64": "iVBORw0KGgoAAAANSUhEUg==" } ] }""",
            $$"""{ "name": "deployment", "Plans": [ { "Name": "{{mark}}" } ] }""",
        ];
        string[] expected = [$"Role added: Role {mark}", $"Account added: u-{mark}", $"Scope added: scope-{mark}", $"App added: app-{mark}", $"Media file: counted/{mark}.png", "Site document: deployment"];
        foreach (var report in new[] { await _recipes.TryAsync(steps), await _recipes.RunAsync(steps) })
        {
            report.Steps.Select(step => step.Changes.ShouldHaveSingleItem()).ShouldBe(expected);
            report.Changes.ShouldBe(expected, ignoreOrder: true);
        }

        var again = await _recipes.RunAsync(steps);
        again.Changes.ShouldBeEmpty();
        again.Steps.ShouldAllBe(step => step.Changes.Count == 0);
        (await _recipes.RunAsync(steps[3].Replace("\"Secret-", "\"Other-", StringComparison.Ordinal))).Changes.ShouldBe([$"App changed: app-{mark}"]);
        (await _recipes.RunAsync(steps[0].Replace("ViewContent", "EditContent", StringComparison.Ordinal))).Changes.ShouldBe([$"Role changed: Role {mark}"]);
        (await _recipes.RunAsync(steps[4].Replace("SUhEUg", "SUhEVg", StringComparison.Ordinal))).Changes.ShouldBe([$"Media file: counted/{mark}.png"]);
    }

    [Fact]
    public async Task A_document_that_a_later_step_makes_what_it_was_is_no_change_of_the_recipe()
    {
        string Named(string name) => $$"""{ "name": "deployment", "Plans": [ { "Name": "flip", "Note": "{{name}}" } ] }""";
        await _recipes.RunAsync(Named("one"));
        var report = await _recipes.RunAsync(Named("two"), Named("one"));
        report.Steps.ShouldAllBe(step => step.Changes.Count == 1);
        report.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_parameters_of_the_site_are_there_after_setup()
    {
        var file = Path.Combine(site.DataFolder, "parameters.recipe.json");
        await File.WriteAllTextAsync(file, """
            { "name": "Parameters", "steps": [ { "name": "deployment",
              "Plans": [ { "Name": "parameters", "Note": "[js: parameters('SiteName') + '|' + parameters('AdminUsername') + '|' + parameters('AdminUserId').length]" } ] } ] }
            """, Cancel);
        var (code, output, errors) = await CommandAsync(site, file);
        code.ShouldBe(0, errors);
        output.ShouldEndWith("1 change made." + Environment.NewLine);
        var plans = await _recipes.AskAsync(services => Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<Platform.Storage.SiteDocuments>(services).ReadDocumentAsync("deployment", Cancel));
        plans["parameters"]!["Note"]!.ToString().ShouldBe("Balkans Policy Research Group|admin|26");
    }

    internal static async Task<(int Code, string Output, string Errors)> CommandAsync(Site site, string file)
    {
        using StringWriter output = new(), errors = new();
        var code = await RecipeCommand.RunAsync(site.Services, ["recipe", "run", file], output, errors, Cancel);
        return (code, output.ToString(), errors.ToString());
    }
}

/// <summary>The organisation's recipes on the site that they made.</summary>
public sealed class OwnRecipesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task They_run_again_on_the_running_site_and_change_nothing(bool isPostgres)
    {
        if (isPostgres) PostgresDatabase.SkipWithoutServer();
        using var database = isPostgres ? PostgresDatabase.Create() : null;
        using var site = new Site { Database = database };
        _ = site.Server;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Site.Root, "recipes"), "*" + Recipe.Extension).Order(StringComparer.Ordinal))
        {
            var (code, output, errors) = await RecipeCountTests.CommandAsync(site, file);
            code.ShouldBe(0, errors);
            output.ShouldEndWith("0 changes made." + Environment.NewLine, Case.Sensitive, Path.GetFileName(file) + output);
        }
    }
}
