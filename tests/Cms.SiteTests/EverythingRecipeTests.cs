using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>A site set up strictly from a recipe that uses every step and every kind. What somebody adds is missing here until the recipe uses it.</summary>
public sealed class EverythingSite : Site
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

public sealed class EverythingRecipeTests(EverythingSite site) : IClassFixture<EverythingSite>
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
    public async Task Its_export_names_the_site_that_it_made()
    {
        var folder = Path.Combine(site.DataFolder, "export");
        await using var scope = site.NewScope();
        var written = await scope.ServiceProvider.GetRequiredService<SiteExport>().WriteAsync(folder, [], Cancel);
        scope.ServiceProvider.GetServices<IRecipeStep>().Where(step => step is IExportedStep).Select(step => step.Name).Except(written).ShouldBeEmpty();
        File.Exists(Path.Combine(folder, "media", "scans", "decree.png")).ShouldBeTrue();
    }
}
