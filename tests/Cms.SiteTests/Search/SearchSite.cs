using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Platform.Queries;
using Cms.Platform.Search;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Search;

/// <summary>A site of a few documents whose every field is indexed, set up once for the tests of search.</summary>
public class SearchSite : Site
{
    private readonly string _root = Directory.CreateTempSubdirectory("search").FullName;

    protected override string ContentRoot => _root;

    public override ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_root, "recipes"));
        File.Copy(Path.Combine(Root, "tests", "Cms.SiteTests", "Search", "search.recipe.json"), Path.Combine(_root, "recipes", "search.recipe.json"), overwrite: true);
        return base.InitializeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("OrchardCore:OrchardCore_AutoSetup:Tenants:0:RecipeName", "SearchTests");
    }

    /// <summary>The ids of what a search finds, in its order.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string json, string index = "Docs")
    {
        var profile = Services.GetRequiredService<IndexProfiles>().Find(index)!;
        var hits = await Services.GetRequiredService<LuceneSearch>().RunAsync(profile, json, Cms.Core.Security.CmsUser.System, 1000, TestContext.Current.CancellationToken);
        return [.. hits.Documents.Select(document => (string)document["ContentItemId"]!)];
    }

    public async Task<StoredQueryException> RefusedAsync(string json) =>
        await Should.ThrowAsync<StoredQueryException>(() => FindAsync(json));

    /// <summary>Waits until the index has caught up, however busy the machine is.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo()) await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    /// <summary>Publishes an item, or a new version of it.</summary>
    public async Task PublishAsync(string id, string title, string body, string? owner = null)
    {
        await using var scope = NewScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        var item = await store.FindAsync(id, ContentStatus.Latest, TestContext.Current.CancellationToken) ?? new ContentItem { ContentItemId = id, ContentType = "Doc" };
        item.DisplayText = title;
        item.Owner = owner ?? item.Owner;
        item.Content["TitlePart"] = new System.Text.Json.Nodes.JsonObject { ["Title"] = title };
        item.Content["HtmlBodyPart"] = new System.Text.Json.Nodes.JsonObject { ["Html"] = body };
        await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(item, TestContext.Current.CancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }
}
