using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Platform.Queries;
using Cms.Platform.Recipes;
using Cms.Platform.Search;
using Cms.Platform.Search.Indexing;
using Cms.Platform.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Search;

/// <summary>Indexes that were lost, damaged or overtaken are made anew without anybody's help.</summary>
public sealed class IndexRecoveryTests
{
    private const string All = """{ "query": { "match_all": {} }, "size": 100, "sort": "ContentItemId" }""";
    private static readonly string[] Everything = ["alb", "cyr", "knife", "lat", "level", "saw"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A profile changes again and again while its index is searched, made and told of changes.</summary>
    [Fact]
    public async Task An_index_that_is_replaced_while_others_use_it_leaves_nobody_waiting()
    {
        await using var site = new SearchSite();
        await site.InitializeAsync();
        var (profiles, indexes) = (site.Services.GetRequiredService<IndexProfiles>(), site.Services.GetRequiredService<SearchIndexes>());
        var json = profiles.All.ToDictionary(profile => profile.Name, profile => profile.Json);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        async Task AgainAsync(Func<Task> act)
        {
            while (!over.IsCancellationRequested)
            {
                try
                {
                    await act();
                }
                catch (Exception problem) when (problem is Lucene.Net.Store.LockObtainFailedException or StoredQueryException)
                {
                    // The one before has not let go of the files yet.
                }
            }
        }

        var users = new[]
        {
            Task.Run(() => AgainAsync(() => site.FindAsync(All)), Cancel),
            Task.Run(() => AgainAsync(() => site.FindAsync(All)), Cancel),
            Task.Run(() => AgainAsync(() => indexes.EnsureCurrentAsync(Cancel)), Cancel),
        };
        for (var turn = 0; turn < 8; turn++)
        {
            var changed = new JsonObject(json.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)new JsonObject(entry.Value.Select(member =>
                KeyValuePair.Create(member.Key, member.Value?.DeepClone())))
            { ["Turn"] = turn })));
            profiles.Load(changed);
            await Task.Yield();
            await indexes.EnsureCurrentAsync(Cancel).ContinueWith(_ => { }, Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await over.CancelAsync();
        await Task.WhenAll(users);
        await SearchSite.EventuallyAsync(async () =>
        {
            try
            {
                return (await site.FindAsync(All)).Count == Everything.Length;
            }
            catch (Exception problem) when (problem is Lucene.Net.Store.LockObtainFailedException or StoredQueryException)
            {
                return false;
            }
        });
    }

    private static string Folder(Site site) => Path.Combine(site.DataFolder, "search", "docs");

    /// <summary>Runs a site, does something to its files while it is down, and runs it again.</summary>
    private static async Task AfterAsync(Action<SearchSite> damage, Func<SearchSite, Task> check)
    {
        var data = Directory.CreateTempSubdirectory("recovery").FullName;
        var kept = data + ".kept";
        try
        {
            await using (var first = new SearchSite { DataFolder = data })
            {
                await first.InitializeAsync();
                await SearchSite.EventuallyAsync(async () => (await first.FindAsync(All)).Count == Everything.Length && File.Exists(Folder(first) + ".json"));
                while (!TryCopyFolder(data, kept)) Directory.Delete(kept, recursive: true);
            }

            // The first site clears its folder up when it ends; what it had written is as a crash would have left it.
            await using var second = new SearchSite { DataFolder = kept };
            damage(second);
            await second.InitializeAsync();
            await check(second);
        }
        finally
        {
            if (Directory.Exists(kept)) Directory.Delete(kept, recursive: true);
        }
    }

    [Fact]
    public Task An_index_that_is_current_stays_as_it_is() => AfterAsync(
        site => File.SetLastWriteTimeUtc(Folder(site) + ".json", DateTime.UnixEpoch),
        async site =>
        {
            (await site.FindAsync(All)).ShouldBe(Everything);
            await site.PublishAsync("4after", "Aftermath", "<p>Later</p>");
            await SearchSite.EventuallyAsync(async () => (await site.FindAsync(All)).Count == Everything.Length + 1);
            Directory.GetFiles(Folder(site), "_0.cfs").ShouldHaveSingleItem("An index made anew would have other files.");
        });

    [Fact]
    public Task A_deleted_folder() => AfterAsync(
        site => Directory.Delete(Folder(site), recursive: true), async site => (await site.FindAsync(All)).ShouldBe(Everything));

    [Fact]
    public Task A_folder_of_rubbish() => AfterAsync(
        site => { foreach (var file in Directory.GetFiles(Folder(site))) File.WriteAllText(file, "rubbish"); }, async site => (await site.FindAsync(All)).ShouldBe(Everything));

    [Fact]
    public Task Files_that_are_cut_off() => AfterAsync(
        site => { foreach (var file in Directory.GetFiles(Folder(site))) File.WriteAllBytes(file, File.ReadAllBytes(file)[..^8]); }, async site => (await site.FindAsync(All)).ShouldBe(Everything));

    [Fact]
    public Task A_file_that_is_gone() => AfterAsync(
        site => File.Delete(Directory.GetFiles(Folder(site), "_*").Order(StringComparer.Ordinal).First()), async site => (await site.FindAsync(All)).ShouldBe(Everything));

    [Fact]
    public Task An_index_that_is_older_than_its_place_in_the_outbox() => AfterAsync(
        site =>
        {
            var marker = JsonNode.Parse(File.ReadAllText(Folder(site) + ".json"))!;
            marker["Position"] = 0;
            File.WriteAllText(Folder(site) + ".json", marker.ToJsonString());
            Directory.Delete(Folder(site), recursive: true);
        },
        async site => (await site.FindAsync(All)).ShouldBe(Everything));

    [Fact]
    public Task A_profile_a_definition_and_a_recipe_that_asks_for_it() => AfterAsync(_ => { }, async site =>
    {
        (await site.FindAsync("""{ "query": { "term": { "Doc.Secret": "hidden" } } }""")).ShouldBeEmpty();
        await using var scope = site.NewScope();
        var documents = scope.ServiceProvider.GetRequiredService<SiteDocuments>();
        var definitions = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>();
        await documents.SaveDefinitionsAsync(ContentDefinitionJson.Merge(definitions.Current, JsonNode.Parse("""
            { "ContentParts": [ { "Name": "Doc", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                { "FieldName": "TextField", "Name": "Secret", "Settings": { "LuceneContentIndexSettings": { "Included": true } } } ] } ] }
            """)!.AsObject()), Cancel);
        await SearchSite.EventuallyAsync(async () => (await site.FindAsync("""{ "query": { "term": { "Doc.Secret": "hidden" } } }""")).Count == 1);

        await RunRecipeAsync(scope, """{ "name": "lucene-index", "Indices": [ { "Old": { "AnalyzerName": "serbian", "Culture": "sr", "IndexedContentTypes": [ "Doc" ] } } ] }, { "name": "RebuildIndex", "indexNames": [ "Docs" ] }, { "name": "lucene-index-reset", "includeAll": true }""");
        await SearchSite.EventuallyAsync(() => Task.FromResult(Directory.Exists(Path.Combine(site.DataFolder, "search", "old"))));
        (await site.FindAsync(All, "Old")).ShouldBe(["cyr"]);
        (await site.FindAsync(All)).ShouldBe(Everything);
    });

    [Fact]
    public Task A_taxonomy_whose_terms_moved() => AfterAsync(_ => { }, async site =>
    {
        const string measuring = """{ "query": { "term": { "Doc.Kinds.Inherited": "measuring" } }, "sort": "ContentItemId" }""";
        var before = await site.FindAsync(measuring);
        before.ShouldNotContain("saw");
        await using (var scope = site.NewScope())
        {
            var taxonomy = (await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync("tax", ContentStatus.Latest, Cancel))!;
            var terms = taxonomy.Part("TaxonomyPart")!["Terms"]!.AsArray();
            var below = terms[0]!["Terms"]!.AsArray();
            var saws = below[0]!;
            below.RemoveAt(0);
            terms[1]!["Terms"] = new JsonArray(saws);
            (await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(taxonomy, Cancel)).Problems.ShouldBeEmpty();
        }

        await SearchSite.EventuallyAsync(async () => (await site.FindAsync(measuring)).Contains("saw"));
    });

    [Fact]
    public Task Not_even_a_definition_of_other_types() => AfterAsync(_ => { }, async site =>
    {
        (await site.FindAsync(All)).ShouldBe(Everything);
        await using var scope = site.NewScope();
        await RunRecipeAsync(scope, """
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Leaflet", "DisplayName": "Leaflet", "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart" } ] } ], "ContentParts": [] },
            { "name": "lucene-index", "Indices": [ { "Zulu": { "AnalyzerName": "standardanalyzer", "IndexedContentTypes": [ "Doc" ] } } ] }
            """);

        // The new index is the last one of the round that looked at all of them.
        await SearchSite.EventuallyAsync(() => Task.FromResult(File.Exists(Path.Combine(site.DataFolder, "search", "zulu.json"))));
        Directory.GetFiles(Folder(site), "_0.cfs").ShouldHaveSingleItem("An index made anew would have other files.");
    });

    [Theory]
    [InlineData("""{ "name": "CreateOrUpdateIndexProfile", "indexes": [ { "Name": "X", "Properties": { "LuceneIndexMetadata": { "AnalyzerName": "klingon" } } } ] }""", "klingon")]
    [InlineData("""{ "name": "CreateOrUpdateIndexProfile", "indexes": [ { "Name": "X", "ProviderName": "Elasticsearch" } ] }""", "Elasticsearch")]
    [InlineData("""{ "name": "CreateOrUpdateIndexProfile", "indexes": [ { "Name": "X", "IndexName": "DOCS" } ] }""", "Docs")]
    [InlineData("""{ "name": "RebuildIndex", "indexNames": [ "Nope" ] }""", "Nope")]
    [InlineData("""{ "name": "lucene-index", "Indices": [ { "a": {}, "b": {} } ] }""", "$.Indices[0]")]
    public async Task A_recipe_that_asks_for_what_is_not_there_says_so(string step, string named)
    {
        await using var site = new SearchSite();
        await site.InitializeAsync();
        await using var scope = site.NewScope();
        (await Should.ThrowAsync<RecipeException>(() => RunRecipeAsync(scope, step))).Message.ShouldContain(named);
        scope.ServiceProvider.GetRequiredService<IndexProfiles>().Find("X").ShouldBeNull();
    }

    private static Task<RecipeReport> RunRecipeAsync(AsyncServiceScope scope, string steps)
    {
        var recipe = Recipe.Read("test.recipe.json", $$"""{ "name": "Test", "steps": [ {{steps}} ] }""", new Microsoft.Extensions.FileProviders.NullFileProvider());
        return scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(recipe, new RecipeOptions(), Cancel);
    }

    /// <summary>False where the index was merged meanwhile, so that a file was gone before it was copied: a crash has one state, and not parts of two.</summary>
    private static bool TryCopyFolder(string from, string to)
    {
        try
        {
            CopyFolder(from, to);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from)) CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(from).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var source = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var target = File.Create(Path.Combine(to, Path.GetFileName(file)));
            source.CopyTo(target);
        }
    }
}
