using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Identity;
using Cms.Platform.Queries;
using Cms.Platform.Recipes;
using Cms.Platform.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteNodeTests(Site site) : NodeTests(site);

public sealed class PostgresNodeTests(PostgresSite site) : NodeTests(site.OrSkip());

/// <summary>What one process changes reaches another that runs on the same database.</summary>
public abstract class NodeTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Definitions_settings_queries_and_roles_that_the_command_line_changes_reach_the_running_site()
    {
        using var database = site.NewDatabase();
        using var running = new SmallSite { Database = database };
        _ = running.Server;
        using var command = running.Beside();
        var file = Path.Combine(running.DataFolder, "change.recipe.json");
        await File.WriteAllTextAsync(file, """
            { "name": "Change", "steps": [
              { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Arrived", "DisplayName": "Arrived" } ] },
              { "name": "settings", "SiteName": "Renamed" },
              { "name": "Queries", "Queries": [ { "Name": "Fresh", "Source": "Sql", "Template": "SELECT DocumentId FROM ContentItemIndex" } ] },
              { "name": "Roles", "Roles": [ { "Name": "Reviewer", "Permissions": [ "AccessAdminPanel" ] } ] } ] }
            """, Cancel);
        using StringWriter output = new(), errors = new();
        (await RecipeCommand.RunAsync(command.Services, ["recipe", "run", file], output, errors, Cancel)).ShouldBe(0, errors.ToString());
        output.ToString().ShouldNotContain("start");
        await UntilAsync(() => running.Services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Arrived") is not null);
        await UntilAsync(() => running.Services.GetRequiredService<RolePermissions>().Of("Reviewer").Contains("AccessAdminPanel"));
        running.Services.GetRequiredService<SiteSettingsRegistry>().Current.SiteName.ShouldBe("Renamed");
        running.Services.GetRequiredService<StoredQueryRegistry>().Find("Fresh").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_recipe_builds_upon_definitions_that_another_process_made_a_moment_ago()
    {
        using var database = site.NewDatabase();
        using var first = new SmallSite { Database = database };
        _ = first.Server;
        using var second = first.Beside();
        _ = second.Server;
        foreach (var (process, name) in new[] { (first, "One"), (second, "Two"), (first, "Three") })
        {
            await using var scope = process.NewScope();
            await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse($$"""
                { "name": "ContentDefinition", "ContentTypes": [ { "Name": "{{name}}", "DisplayName": "{{name}}" } ] }
                """)!.AsObject(), Cancel);
        }

        first.Services.GetRequiredService<ContentDefinitionRegistry>().Current.Types.Select(type => type.Name).ShouldBe(["One", "Two", "Three"], ignoreOrder: true);
    }

    private static async Task UntilAsync(Func<bool> isDone)
    {
        while (!isDone()) await Task.Delay(50, Cancel);
    }
}
