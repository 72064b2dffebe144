using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;
using Cms.Platform.GraphQL;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>A site set up strictly from a recipe that uses every step and every kind. What somebody adds is missing here until the recipe uses it.</summary>
public class EverythingSite : Site
{
    private static readonly string Folder = Path.Combine(Root, "tests", "Cms.SiteTests", "Everything");

    private readonly string _root = Directory.CreateTempSubdirectory("everything").FullName;

    protected override string ContentRoot => _root;

    public override ValueTask InitializeAsync()
    {
        var recipes = Directory.CreateDirectory(Path.Combine(_root, "recipes")).FullName;
        foreach (var file in Directory.EnumerateFiles(Folder)) File.Copy(file, Path.Combine(recipes, Path.GetFileName(file)));
        Directory.CreateDirectory(Path.Combine(_root, "themes", "Dialogue"));
        return base.InitializeAsync();
    }

    /// <summary>All steps of the recipe and of the one that it calls.</summary>
    public static IEnumerable<JsonObject> Steps() => Directory.EnumerateFiles(Folder, "*" + Recipe.Extension)
        .SelectMany(file => JsonNode.Parse(File.ReadAllText(file), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!["steps"]!.AsArray())
        .Select(step => step!.AsObject());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:RecipeName", "Everything");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }
}

public sealed class PostgresEverythingSite : EverythingSite
{
    public PostgresEverythingSite() => Database = PostgresDatabase.IsAvailable ? PostgresDatabase.Create() : null;

    public override ValueTask InitializeAsync() => Database is null ? ValueTask.CompletedTask : base.InitializeAsync();

    public EverythingSite OrSkip()
    {
        PostgresDatabase.SkipWithoutServer();
        return this;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) Database?.Dispose();
    }
}

public sealed class SqliteEverythingRecipeTests(EverythingSite site) : EverythingRecipeTests(site), IClassFixture<EverythingSite>;

public sealed class PostgresEverythingRecipeTests(PostgresEverythingSite site) : EverythingRecipeTests(site.OrSkip()), IClassFixture<PostgresEverythingSite>;

public abstract class EverythingRecipeTests(EverythingSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_uses_every_step_that_the_site_knows()
    {
        await using var scope = site.NewScope();
        var used = EverythingSite.Steps().Select(step => step["name"]!.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        scope.ServiceProvider.GetServices<IRecipeStep>().Select(step => step.Name).Where(name => !used.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public void It_uses_every_kind_that_the_site_knows()
    {
        var definitions = site.Services.GetRequiredService<ContentDefinitionRegistry>().Current;
        var fields = definitions.Parts.SelectMany(part => part.Fields).Select(field => field.KindName).ToHashSet();
        site.Services.GetRequiredService<FieldKinds>().All.Select(kind => kind.Name).Where(name => !fields.Contains(name)).ShouldBeEmpty();
        var model = site.Services.GetRequiredService<ContentModel>();
        var parts = definitions.Types.SelectMany(type => model.PartsOf(type)).Select(part => part.PartName).ToHashSet();
        site.Services.GetRequiredService<PartKinds>().All.Select(kind => kind.Name).Where(name => !parts.Contains(name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_items_are_stored_as_it_gives_them_foreign_parts_included()
    {
        await using var scope = site.NewScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        foreach (var given in EverythingSite.Steps().Where(step => step["name"]!.ToString() == "content").SelectMany(step => step["data"]!.AsArray()).Select(item => item!.AsObject()))
        {
            var written = ContentItemJson.Write((await store.FindVersionAsync(given["ContentItemVersionId"]!.ToString(), Cancel)).ShouldNotBeNull());
            foreach (var (name, value) in given.Where(member => !member.Value!.ToJsonString().Contains("[js:", StringComparison.Ordinal)))
                JsonNode.DeepEquals(written[name], value).ShouldBeTrue($"{given["ContentItemId"]}.{name}: {written[name]?.ToJsonString()}");
        }
    }

    [Fact]
    public async Task What_it_leaves_is_there()
    {
        await using var scope = site.NewScope();
        var definitions = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current;
        definitions.Type("Temporary").ShouldBeNull();
        definitions.Type("Topic")!.Parts.Select(part => part.Name).ShouldBe(["TitlePart", "AliasPart", "TermPart"]);
        definitions.Type("Document")!.Settings.ToJson()["ForeignSettings"]!.ToJsonString().ShouldBe("""{"Kept":[1,"two"]}""");
        var settings = scope.ServiceProvider.GetRequiredService<Platform.Settings.SiteSettingsRegistry>().Current;
        settings.SiteName.ShouldBe("Archive of the town");
        settings.Properties["Desk"]!["Desk"]!["Phone"]!["Text"]!.ToString().ShouldBe("+383 38 000 000");
        (await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync("shelf-two", ContentStatus.Published, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_again_it_only_has_its_indexes_made_anew()
    {
        await using var scope = site.NewScope();
        var recipe = await scope.ServiceProvider.GetRequiredService<RecipeCatalog>().FindAsync("Everything", Cancel);
        var parameters = await scope.ServiceProvider.GetRequiredService<SiteParameters>().FindAsync();
        var report = await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, new RecipeOptions { Parameters = parameters }, Cancel);
        report.Changes.ShouldBe(["Site document: IndexRebuilds"]);
    }

    [Fact]
    public async Task Its_export_makes_the_same_site_elsewhere()
    {
        var (first, second) = (Path.Combine(site.DataFolder, "export"), Path.Combine(site.DataFolder, "export-again"));
        await ExportAsync(site, first);
        using var database = site.NewDatabase();
        using var empty = new SmallSite { Database = database, HasThemes = true };
        _ = empty.Server;
        using StringWriter output = new(), errors = new();
        (await RecipeCommand.RunAsync(empty.Services, ["recipe", "run", Path.Combine(first, SiteExport.FileName)], output, errors, Cancel)).ShouldBe(0, errors.ToString());
        await ExportAsync(empty, second);
        File.Exists(Path.Combine(first, "media", "scans", "decree.png")).ShouldBeTrue();
        foreach (var file in Directory.EnumerateFiles(first, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(first, file)))
        {
            var (expected, found) = (await LinesAsync(Path.Combine(first, file)), await LinesAsync(Path.Combine(second, file)));
            found.Zip(expected).Where(pair => pair.First != pair.Second).Take(3).ShouldBeEmpty(file);
            found.Length.ShouldBe(expected.Length, file);
        }
    }

    [Fact]
    public async Task Its_export_has_every_step_that_can_be_written_but_what_is_the_users_own()
    {
        var folder = Path.Combine(site.DataFolder, "export-steps");
        await using var scope = site.NewScope();
        var written = await scope.ServiceProvider.GetRequiredService<SiteExport>().WriteAsync(folder, [], Cancel);
        scope.ServiceProvider.GetServices<IRecipeStep>().Where(step => step is IExportedSteps { IsOnDemand: false }).Select(step => step.Name).Except(written).ShouldBeEmpty();
        written.ShouldNotContain("custom-user-settings");
        (await File.ReadAllTextAsync(Path.Combine(folder, SiteExport.FileName), Cancel)).ShouldNotContain("settings-vesa");
    }

    [Fact]
    public async Task A_plan_writes_what_its_steps_say()
    {
        var folder = Path.Combine(site.DataFolder, "export-desk");
        using StringWriter output = new(), errors = new();
        (await RecipeCommand.RunAsync(site.Services, ["recipe", "export", folder, "--plan", "desk"], output, errors, Cancel)).ShouldBe(0, errors.ToString());
        var steps = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, SiteExport.FileName), Cancel))!["steps"]!.AsArray().Select(step => step!.AsObject()).ToList();
        steps.Select(step => step["name"]!.ToString()).ShouldBe(
            ["DeleteContentDefinition", "ContentDefinition", "ReplaceContentDefinition", "settings", "custom-settings", "custom-user-settings", "content", "media", "CreateOrUpdateIndexProfile", "RebuildIndex", "settings"]);
        Names(steps[1]["ContentTypes"]).ShouldBe(["Desk"]);
        Names(steps[1]["ContentParts"]).ShouldBe(["Desk", "Reading"], ignoreOrder: true);
        Names(steps[2]["ContentTypes"]).ShouldBe(["Reading"]);
        steps[3].Select(member => member.Key).ShouldBe(["name", "SiteName", "PageSize", "SearchSettings"]);
        steps[4].Select(member => member.Key).ShouldBe(["name", "Desk"]);
        steps[5]["custom-user-settings"]![0]!["userId"]!.ToString().ShouldBe("user-vesa");
        steps[6]["data"]!.AsArray().Select(item => item!["ContentItemId"]!.ToString()).ShouldBe(["shelf-one", "shelf-two"]);
        steps[7]["Files"]!.AsArray().ShouldHaveSingleItem()!["TargetPath"]!.ToString().ShouldBe("scans/decree.png");
        Names(steps[8]["indexes"]).ShouldBe(["Older"]);
        steps[10]["Opened"]!.ToString().ShouldBe("[js: 'by hand']");
        File.Exists(Path.Combine(folder, "media", "scans", "decree.png")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_plan_that_is_not_there_is_named_with_those_that_are()
    {
        using StringWriter output = new(), errors = new();
        (await RecipeCommand.RunAsync(site.Services, ["recipe", "export", Path.Combine(site.DataFolder, "export-none"), "--plan", "Weekly"], output, errors, Cancel)).ShouldBe(1);
        errors.ToString().ShouldContain("There is no plan “Weekly”. Known are Desk, Nightly.");
    }

    [Fact]
    public async Task A_user_sees_the_custom_settings_in_GraphQL()
    {
        await using var scope = site.NewScope();
        var settings = await scope.ServiceProvider.GetRequiredService<Platform.Identity.IUserSettings>().FindManyAsync(["user-vesa", "user-nobody"], Cancel);
        settings.Keys.ShouldBe(["user-vesa"]);
        scope.ServiceProvider.GetRequiredService<Platform.Identity.CurrentUser>().ActAs(Core.Security.CmsUser.System with { Id = "user-vesa", Name = "vesa" });
        var result = await site.Services.GetRequiredService<GraphQLExecutor>().ExecuteAsync(new GraphQLRequest { Query = "{ me { userName reading { room large } } }" }, scope.ServiceProvider, null, Cancel);
        site.Services.GetRequiredService<GraphQLSerializer>().Serialize(result).ShouldBe("""{"data":{"me":{"userName":"vesa","reading":{"room":"South","large":true}}}}""");
    }

    private static IEnumerable<string> Names(JsonNode? list) => list!.AsArray().Select(entry => entry!["Name"]!.ToString());

    private static async Task ExportAsync(Site from, string folder)
    {
        await using var scope = from.NewScope();
        await scope.ServiceProvider.GetRequiredService<SiteExport>().WriteAsync(folder, [], Cancel);
    }

    /// <summary>The file without the moment of the export.</summary>
    private static async Task<string[]> LinesAsync(string file) =>
        [.. (await File.ReadAllLinesAsync(file, System.Text.Encoding.Latin1, Cancel)).Where(line => !line.Contains("\"ExportUtc\"", StringComparison.Ordinal))];
}
