using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Search;

/// <summary>What gets into the documents, and which documents there are.</summary>
public sealed class SearchDocumentTests(SearchSite site) : IClassFixture<SearchSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Content.ContentItem.ContentType", "Doc", 6)]
    [InlineData("Content.ContentItem.Published", "true", 6)]
    [InlineData("Content.ContentItem.Owner", "o", 6)]
    [InlineData("Content.ContentItem.DisplayText.keyword", "Rip Saw", 1)]
    [InlineData("Content.ContentItem.DisplayText.Normalized", "rip saw", 1)]
    [InlineData("Content.ContentItem.DisplayText.Analyzed", "rip", 1)]
    [InlineData("Content.ContentItem.CreatedUtc", "2024-01-03T00:00:00Z", 1)]
    [InlineData("Content.ContentItem.LocalizationPart.Culture", "sr-latn", 1)]
    [InlineData("Content.BodyAspect.Body", "beams", 2)]
    [InlineData("Content.BodyAspect.Body", "rip", 0)]
    [InlineData("Content.BodyAspect.Body", "amp", 0)]
    [InlineData("Content.BodyAspect.Body", "b", 0)]
    [InlineData("Content.ContentItem.FullText", "nestedword", 1)]
    [InlineData("Doc.Brand", "plus", 1)]
    [InlineData("Doc.Code", "S-1", 1)]
    [InlineData("Doc.Secret", "hidden", 0)]
    [InlineData("Extra.Note", "extraword", 1)]
    [InlineData("Unlisted.Note", "unlistedword", 0)]
    [InlineData("Boxes.Box.Label", "nestedword", 1)]
    [InlineData("Doc.Kinds.Ids", "saws", 1)]
    [InlineData("Doc.Kinds.Ids", "cutting", 0)]
    [InlineData("Doc.Kinds.Inherited", "cutting", 2)]
    [InlineData("Doc.Kinds.Inherited", "saws", 1)]
    [InlineData("Doc.Related.Ids", "knife", 1)]
    [InlineData("Doc.Related.Ids", "NULL", 5)]
    [InlineData("Doc.Files.MediaText", "rusty", 1)]
    [InlineData("Doc.Files.FileText", "treasure", 1)]
    public async Task A_document_has_what_the_definition_includes(string field, string value, int count) =>
        (await site.FindAsync($$"""{ "query": { "term": { "{{field}}": "{{value}}" } }, "size": 100 }""")).Count.ShouldBe(count);

    [Fact]
    public async Task An_index_holds_its_types_versions_and_culture_only()
    {
        const string all = """{ "query": { "match_all": {} }, "size": 100, "sort": "ContentItemId" }""";
        (await site.FindAsync(all)).ShouldBe(["alb", "cyr", "knife", "lat", "level", "saw"]);
        (await site.FindAsync(all, "Drafts")).ShouldContain("draft");
        (await site.FindAsync(all, "Serbian")).ShouldBe(["lat"]);
    }

    [Theory]
    [InlineData("djordje", "cyr lat")]
    [InlineData("Đorđe", "cyr lat")]
    [InlineData("ЂОРЂЕ", "cyr lat")]
    [InlineData("cekic", "cyr lat")]
    [InlineData("ЧЕКИЋ", "cyr lat")]
    [InlineData("c\u030cekic\u0301", "cyr lat")]
    [InlineData("skoli", "lat")]
    [InlineData("школи", "lat")]
    [InlineData("marreveshja", "alb")]
    [InlineData("MARRËVESHJA", "alb")]
    [InlineData("ceshtja", "alb")]
    [InlineData("Çështja", "alb")]
    public async Task Letters_of_all_three_languages_and_both_scripts_find_each_other(string word, string expected)
    {
        var found = await site.FindAsync($$"""{ "query": { "match": { "Content.ContentItem.FullText": "{{word}}" } }, "sort": "ContentItemId" }""", "Many");
        found.ShouldBe(expected.Split(' '));
    }

    [Fact]
    public async Task The_contracts_analyzer_keeps_letters_as_they_are()
    {
        (await site.FindAsync("""{ "query": { "match": { "Content.ContentItem.FullText": "cekic" } } }""")).ShouldBeEmpty();
        (await site.FindAsync("""{ "query": { "match": { "Content.ContentItem.FullText": "čekić" } } }""")).ShouldBe(["lat"]);
    }

    [Fact]
    public async Task A_publish_is_indexed_at_once_and_waits_for_no_poll()
    {
        await using var unpolled = new UnpolledSite();
        await unpolled.InitializeAsync();
        await SearchSite.EventuallyAsync(async () => (await unpolled.FindAsync("""{ "query": { "match_all": {} } }""")).Count > 0);
        await unpolled.PublishAsync("4swift", "Swift", "<p>swiftword</p>");
        await SearchSite.EventuallyAsync(async () => (await unpolled.FindAsync("""{ "query": { "term": { "Content.BodyAspect.Body": "swiftword" } } }""")).Count == 1);
    }

    private async Task RemoveAsync(string id)
    {
        await using var scope = site.NewScope();
        var item = await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync(id, ContentStatus.Latest, Cancel);
        await scope.ServiceProvider.GetRequiredService<Delete>().ExecuteAsync(id, item!.Revision, Cancel);
        await SearchSite.EventuallyAsync(async () => (await site.FindAsync($$"""{ "query": { "term": { "ContentItemId": "{{id}}" } } }""")).Count == 0);
    }

    [Fact]
    public async Task An_item_is_found_as_it_changes_and_no_longer_when_it_is_gone()
    {
        const string query = """{ "query": { "match": { "Content.ContentItem.FullText": "zeppelin" } } }""";
        await site.PublishAsync("4zeppelin", "Zeppelin", "<p>First</p>");
        await SearchSite.EventuallyAsync(async () => (await site.FindAsync(query)).Count == 1);
        await site.PublishAsync("4zeppelin", "Airship", "<p>Second</p>");
        await SearchSite.EventuallyAsync(async () => (await site.FindAsync(query)).Count == 0);
        await site.PublishAsync("4zeppelin", "Zeppelin", "<p>Third</p>");
        await SearchSite.EventuallyAsync(async () => (await site.FindAsync(query)).Count == 1);
        await RemoveAsync("4zeppelin");
        await SearchSite.EventuallyAsync(async () => (await site.FindAsync(query)).Count == 0);
    }

    /// <summary>A site that hears of changes from those who make them, and never looks for them itself.</summary>
    private sealed class UnpolledSite : SearchSite
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(new NoPolls()));
        }

        private sealed class NoPolls : TimeProvider
        {
            public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
                dueTime == Outbox.PollInterval ? base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) : base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
