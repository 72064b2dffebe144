using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Platform.Recipes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Cms.SiteTests.Importing;

/// <summary>Runs recipes on a site between the saves of an editor.</summary>
public sealed class Recipes(Site site)
{
    private static readonly RecipeOptions Lenient = new() { IsLenient = true };
    private static readonly RecipeOptions DryRun = new() { IsDryRun = true };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Task<RecipeReport> RunAsync(params string[] steps) => ExecuteAsync(new RecipeOptions(), steps);

    public Task<RecipeReport> RunLenientlyAsync(params string[] steps) => ExecuteAsync(Lenient, steps);

    public Task<RecipeReport> TryAsync(params string[] steps) => ExecuteAsync(DryRun, steps);

    public async Task<string> RefusalAsync(params string[] steps) => (await Should.ThrowAsync<RecipeException>(() => RunAsync(steps))).Message;

    /// <summary>A step that imports items.</summary>
    public static string Content(params string[] items) => $$"""{ "name": "content", "data": [ {{string.Join(", ", items)}} ] }""";

    public async Task<T> AskAsync<T>(Func<IServiceProvider, Task<T>> ask)
    {
        await using var scope = site.NewScope();
        return await ask(scope.ServiceProvider);
    }

    public Task<ContentItem?> FindAsync(string id, ContentStatus status) =>
        AskAsync(services => services.GetRequiredService<IContentStore>().FindAsync(id, status, Cancel));

    /// <summary>All versions of an item, the newest first.</summary>
    public Task<IReadOnlyList<ContentItem>> VersionsAsync(string id) =>
        AskAsync(services => services.GetRequiredService<IContentStore>().FindVersionsAsync(id, 0, 100, Cancel));

    public async Task<ContentItem> SaveDraftAsync(string id, Action<ContentItem> edit)
    {
        var item = (await FindAsync(id, ContentStatus.Latest)).ShouldNotBeNull();
        edit(item);
        var result = await AskAsync(services => services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel));
        result.Problems.ShouldBeEmpty();
        return result.Item;
    }

    public async Task<ContentItem> PublishAsync(string id, Action<ContentItem> edit)
    {
        var item = (await FindAsync(id, ContentStatus.Latest)).ShouldNotBeNull();
        edit(item);
        var result = await AskAsync(services => services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel));
        result.Problems.ShouldBeEmpty();
        return result.Item;
    }

    public async Task DeleteAsync(string id)
    {
        var item = (await FindAsync(id, ContentStatus.Latest)).ShouldNotBeNull();
        await AskAsync(services => services.GetRequiredService<Delete>().ExecuteAsync(id, item.Revision, Cancel));
    }

    private Task<RecipeReport> ExecuteAsync(RecipeOptions options, string[] steps) => AskAsync(services => services.GetRequiredService<RecipeExecutor>().ExecuteAsync(
        Recipe.Read("test.recipe.json", $$"""{ "name": "Test", "steps": [ {{string.Join(", ", steps)}} ] }""", new NullFileProvider()), options, Cancel));
}
