using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Identity;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>A site set up from the recipe that a live Orchard Core ran too; written for another site, and therefore run leniently.</summary>
public class GoldenSite : Site
{
    private static readonly string File = Path.Combine(Root, "tests", "Cms.SiteTests", "Golden", "golden-a.recipe.json");

    private readonly string _root = Directory.CreateTempSubdirectory("golden").FullName;

    public static JsonObject Recipe() => JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();

    public static JsonObject Step(string name) =>
        Recipe()["steps"]!.AsArray().Select(step => step!.AsObject()).Single(step => string.Equals(step["name"]!.ToString(), name, StringComparison.OrdinalIgnoreCase));

    protected override string ContentRoot => _root;

    public override ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_root, "recipes"));
        System.IO.File.Copy(File, Path.Combine(_root, "recipes", "golden-a.recipe.json"));
        return base.InitializeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:RecipeName", Recipe()["name"]!.ToString());
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:SiteName", "Golden A");
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:SiteTimeZone", "Europe/Tirane");
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:LenientRecipe", "true");
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }
}

public sealed class PostgresGoldenSite : GoldenSite
{
    public PostgresGoldenSite() => Database = PostgresDatabase.IsAvailable ? PostgresDatabase.Create() : null;

    public override ValueTask InitializeAsync() => Database is null ? ValueTask.CompletedTask : base.InitializeAsync();

    public GoldenSite OrSkip()
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

public sealed class SqliteGoldenRecipeTests(GoldenSite site) : GoldenRecipeTests(site), IClassFixture<GoldenSite>;

public sealed class PostgresGoldenRecipeTests(PostgresGoldenSite site) : GoldenRecipeTests(site.OrSkip()), IClassFixture<PostgresGoldenSite>;

public abstract class GoldenRecipeTests(GoldenSite site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_item_is_stored_as_the_recipe_gives_it()
    {
        await using var scope = site.NewScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        foreach (var given in GoldenSite.Step("content")["data"]!.AsArray().Select(item => item!.AsObject()))
        {
            var stored = (await store.FindVersionAsync(given["ContentItemVersionId"]!.ToString(), Cancel)).ShouldNotBeNull(given["ContentItemId"]!.ToString());
            var written = ContentItemJson.Write(stored);
            foreach (var (name, value) in given.Where(member => member.Value is not null && !member.Value.ToString().StartsWith("[js:", StringComparison.Ordinal)))
                JsonNode.DeepEquals(written[name], value).ShouldBeTrue($"{stored.ContentItemVersionId}.{name}: {written[name]?.ToJsonString()} instead of {value!.ToJsonString()}");
        }
    }

    [Fact]
    public async Task Types_that_its_features_bring_are_there()
    {
        await using var scope = site.NewScope();
        var definitions = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current;
        foreach (var name in new[] { "Taxonomy", "Menu", "LinkMenuItem", "ContentMenuItem", "HtmlMenuItem", "Tool", "Board" }) definitions.Type(name).ShouldNotBeNull(name);
    }

    [Theory]
    [InlineData("Templates", "Content__Tool")]
    [InlineData("layers", "HomeOnly")]
    [InlineData("Placements", "SeoMetaPart")]
    [InlineData("ShortcodeTemplates", "price")]
    [InlineData("IndexProfiles", "Shelf")]
    public async Task What_has_no_effect_yet_is_kept(string document, string key)
    {
        await using var scope = site.NewScope();
        (await scope.ServiceProvider.GetRequiredService<SiteDocuments>().ReadDocumentAsync(document, Cancel)).ContainsKey(key).ShouldBeTrue();
    }

    [Fact]
    public async Task Its_user_keeps_id_and_roles()
    {
        await using var scope = site.NewScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<CmsIdentityUser>>();
        var given = GoldenSite.Step("Users")["Users"]![0]!;
        var user = (await users.FindByIdAsync(given["UserId"]!.ToString())).ShouldNotBeNull();
        user.UserName.ShouldBe(given["UserName"]!.ToString());
        (await users.GetRolesAsync(user)).ShouldBe(given["RoleNames"]!.AsArray().Select(role => role!.ToString()), ignoreOrder: true);
    }

    [Fact]
    public async Task Its_media_are_served()
    {
        using var client = site.CreateClient();
        using var answer = await client.GetAsync(new Uri("/media/pics/saw.png", UriKind.Relative), Cancel);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        Convert.ToBase64String(await answer.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(GoldenSite.Step("media")["Files"]![0]!["Base64"]!.ToString());
    }

    [Fact]
    public async Task Its_export_makes_the_same_site_elsewhere_byte_for_byte()
    {
        var first = Path.Combine(site.DataFolder, "export-1");
        var second = Path.Combine(site.DataFolder, "export-2");
        await ExportAsync(site, first);
        using var database = site.NewDatabase();
        using var empty = new SmallSite { Database = database };
        _ = empty.Server;
        using StringWriter output = new(), errors = new();
        var code = await RecipeCommand.RunAsync(empty.Services, ["recipe", "run", Path.Combine(first, SiteExport.FileName), "--lenient"], output, errors, Cancel);
        code.ShouldBe(0, errors.ToString());
        await ExportAsync(empty, second);
        var files = Directory.EnumerateFiles(first, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(first, file)).Order().ToList();
        files.ShouldContain("media/pics/saw.png");
        foreach (var file in files)
            (await TextAsync(Path.Combine(second, file))).ShouldBe(await TextAsync(Path.Combine(first, file)), file);
    }

    private static async Task ExportAsync(Site from, string folder)
    {
        await using var scope = from.NewScope();
        await scope.ServiceProvider.GetRequiredService<SiteExport>().WriteAsync(folder, [], Cancel);
    }

    /// <summary>The file without the moment of the export.</summary>
    private static async Task<string> TextAsync(string file) =>
        string.Join('\n', (await File.ReadAllLinesAsync(file, System.Text.Encoding.Latin1, Cancel)).Where(line => !line.Contains("\"ExportUtc\"", StringComparison.Ordinal)));
}
