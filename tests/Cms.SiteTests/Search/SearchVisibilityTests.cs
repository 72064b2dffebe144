using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Queries;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Search;

/// <summary>What searches find for users who may see some of what is in an index: the rest is neither returned nor counted.</summary>
public sealed class SearchVisibilityTests(SearchVisibilityTests.TwoTypes site) : IClassFixture<SearchVisibilityTests.TwoTypes>
{
    private const string Everything = """{ "query": { "match_all": {} }, "size": 100 }""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string[]> Readers => new()
    {
        { "View_Post", ["post", "post-of-4writer"] },
        { "ViewContent", ["event", "post", "post-of-4writer"] },
        { "ViewOwn_Post", ["post-of-4writer"] },
        { "EditOwn_Post View_Event", ["draft-of-4writer", "event", "post-of-4writer"] },
        { "Edit_Post", ["draft", "draft-of-4writer", "post", "post-of-4writer"] },
        { "EditContent", ["draft", "draft-of-4writer", "event", "post", "post-of-4writer"] },
        { "", [] },
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task A_search_returns_and_counts_what_its_user_may_see(string permissions, string[] expected)
    {
        foreach (var returnsItems in new[] { false, true })
        {
            var result = await RunAsync(permissions, new StoredQuery("x", "Lucene", Everything, null, returnsItems, "All"));
            result.Count.ShouldBe(expected.Length);
            var ids = returnsItems ? result.Items!.Select(item => item.ContentItemId) : result.Rows!.Select(row => (string)row["ContentItemId"]!);
            ids.Order().ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("{ \"query\": { \"match_all\": {} }, \"size\": 0 }")]
    [InlineData("{ \"query\": { \"match_all\": {} }, \"size\": 10, \"sort\": \"Content.ContentItem.ContentType\" }")]
    [InlineData("{ \"query\": { \"term\": { \"Content.ContentItem.ContentType\": \"Event\" } } }")]
    [InlineData("{ \"query\": { \"bool\": { \"should\": [ { \"match_all\": {} } ], \"filter\": [ { \"term\": { \"Content.ContentItem.ContentType\": \"Event\" } } ] } } }")]
    [InlineData("{ \"query\": { \"prefix\": { \"Content.ContentItem.DisplayText.keyword\": \"eve\" } } }")]
    public async Task No_kind_of_search_tells_of_what_is_kept_from_its_user(string json)
    {
        var result = await RunAsync("View_Post", new StoredQuery("x", "Lucene", json, null, false, "All"));
        result.Rows!.ShouldNotContain(row => (string)row["ContentItemId"]! == "event");
        result.Count.ShouldBe(json.Contains("term", StringComparison.Ordinal) || json.Contains("prefix", StringComparison.Ordinal) ? 0 : 2);
    }

    [Theory]
    [InlineData("documents")]
    [InlineData("content")]
    public async Task The_search_API_returns_and_counts_what_its_user_may_see(string what)
    {
        using var client = site.ClientWith("QueryLuceneApi", "View_Post");
        var answer = await client.GetFromJsonAsync<JsonObject>(new Uri($"/api/lucene/{what}?indexName=All&query={Uri.EscapeDataString(Everything)}", UriKind.Relative), Cancel);
        answer!["count"]!.GetValue<int>().ShouldBe(2);
        answer["items"]!.AsArray().Select(item => item!["ContentItemId"]!.ToString()).Order().ShouldBe(["post", "post-of-4writer"]);
    }

    private async Task<StoredQueryResult> RunAsync(string permissions, StoredQuery query)
    {
        await SearchSite.EventuallyAsync(async () => (await FindAsync(CmsUser.System, query)).Count >= (query.Template == Everything ? 5 : 0));
        return await FindAsync(User(permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries)), query);
    }

    private async Task<StoredQueryResult> FindAsync(CmsUser user, StoredQuery query)
    {
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(user);
        return await scope.ServiceProvider.GetRequiredService<IStoredQueries>().RunAsync(query, new Dictionary<string, object?>(), Cancel);
    }

    private static CmsUser User(string[] permissions) =>
        new("4writer", "writer", System.Collections.Frozen.FrozenSet.ToFrozenSet(permissions, StringComparer.OrdinalIgnoreCase));

    /// <summary>Posts, an event and drafts in one index.</summary>
    public sealed class TwoTypes : Site
    {
        private readonly string _root = Directory.CreateTempSubdirectory("two-types").FullName;

        public TwoTypes()
        {
            Directory.CreateDirectory(Path.Combine(_root, "recipes"));
            File.WriteAllText(Path.Combine(_root, "recipes", "two.recipe.json"), """
                { "name": "BalkansGroup", "steps": [
                  { "name": "feature", "enable": [ "OrchardCore.Search", "OrchardCore.Search.Lucene" ] },
                  { "name": "ContentDefinition", "ContentTypes": [
                    { "Name": "Post", "Settings": { "ContentTypeSettings": { "Draftable": true, "Versionable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart" } ] },
                    { "Name": "Event", "Settings": { "ContentTypeSettings": { "Draftable": true, "Versionable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart" } ] } ] },
                  { "name": "CreateOrUpdateIndexProfile", "indexes": [ { "Name": "All", "IndexName": "all", "ProviderName": "Lucene", "Type": "Content", "Properties": {
                    "ContentIndexMetadata": { "IndexLatest": true, "IndexedContentTypes": [ "Post", "Event" ], "Culture": "any" }, "LuceneIndexMetadata": { "AnalyzerName": "standardanalyzer" } } } ] },
                  { "name": "content", "data": [
                    { "ContentItemId": "post", "ContentType": "Post", "Latest": true, "Published": true, "Owner": "4other", "DisplayText": "post", "TitlePart": { "Title": "post" } },
                    { "ContentItemId": "post-of-4writer", "ContentType": "Post", "Latest": true, "Published": true, "Owner": "4writer", "DisplayText": "own", "TitlePart": { "Title": "own" } },
                    { "ContentItemId": "draft", "ContentType": "Post", "Latest": true, "Published": false, "Owner": "4other", "DisplayText": "draft", "TitlePart": { "Title": "draft" } },
                    { "ContentItemId": "draft-of-4writer", "ContentType": "Post", "Latest": true, "Published": false, "Owner": "4writer", "DisplayText": "own draft", "TitlePart": { "Title": "own draft" } },
                    { "ContentItemId": "event", "ContentType": "Event", "Latest": true, "Published": true, "Owner": "4other", "DisplayText": "event", "TitlePart": { "Title": "event" } } ] } ] }
                """);
        }

        protected override string ContentRoot => _root;

        /// <summary>A client of somebody with these permissions.</summary>
        public HttpClient ClientWith(params string[] permissions)
        {
            var client = CreateClient();
            client.DefaultRequestHeaders.Add("Permissions", string.Join(' ', permissions));
            return client;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddHttpContextAccessor().AddScoped<ICurrentUser>(provider =>
                provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.Request.Headers["Permissions"] is [{ } permissions, ..]
                    ? new Reader(User(permissions.Split(' '))) : provider.GetRequiredService<CurrentUser>()));
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing && Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
        }

        private sealed record Reader(CmsUser User) : ICurrentUser;
    }
}
