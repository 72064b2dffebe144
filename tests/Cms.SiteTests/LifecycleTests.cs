using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteLifecycleTests(Site site) : LifecycleTests(site);

public sealed class PostgresLifecycleTests(PostgresSite site) : LifecycleTests(site.OrSkip());

public abstract class LifecycleTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = site.NewScope();
        return await act(scope.ServiceProvider);
    }

    private Task<ContentItem?> FindAsync(string id, ContentStatus status) =>
        InScopeAsync(services => services.GetRequiredService<IContentStore>().FindAsync(id, status, Cancel));

    private Task<ContentResult> DraftAsync(ContentItem item) =>
        InScopeAsync(services => services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel));

    private Task<ContentResult> PublishAsync(ContentItem item) =>
        InScopeAsync(services => services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel));

    private Task<ContentItem> NewAsync(string title = "A post") => InScopeAsync(async services =>
    {
        var type = services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("NewsPost")!;
        var item = await services.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = title;
        item.GetOrAdd("AutoroutePart")["Path"] = "en/news/" + ContentId.New();
        item.GetOrAdd("NewsPost")["Summary"] = new JsonObject { ["Text"] = "In short." };
        item.GetOrAdd("NewsPost")["Date"] = new JsonObject { ["Value"] = "2026-01-31T00:00:00Z" };
        return item;
    });

    [Fact]
    public async Task A_draft_is_not_published_and_gets_language_owner_and_dates()
    {
        var draft = (await DraftAsync(await NewAsync())).Item;
        (await FindAsync(draft.ContentItemId, ContentStatus.Published)).ShouldBeNull();
        var stored = (await FindAsync(draft.ContentItemId, ContentStatus.Draft)).ShouldNotBeNull();
        stored.DisplayText.ShouldBe("A post");
        stored.Culture.ShouldBe("en");
        stored.LocalizationSet!.Length.ShouldBe(26);
        stored.Owner.ShouldBe("4tester");
        stored.CreatedUtc.ShouldNotBeNull();
        stored.PublishedUtc.ShouldBeNull();
    }

    [Fact]
    public async Task Editing_a_published_item_makes_a_new_version_that_readers_see_only_when_it_is_published()
    {
        var first = (await PublishAsync(await NewAsync())).Item;
        var edited = first.Copy();
        edited.GetOrAdd("TitlePart")["Title"] = "Changed";
        var draft = (await DraftAsync(edited)).Item;
        draft.ContentItemVersionId.ShouldNotBe(first.ContentItemVersionId);
        (await FindAsync(first.ContentItemId, ContentStatus.Published))!.DisplayText.ShouldBe("A post");
        await PublishAsync(draft);
        var published = (await FindAsync(first.ContentItemId, ContentStatus.Published))!;
        published.DisplayText.ShouldBe("Changed");
        published.Latest.ShouldBeTrue();
        (await FindAsync(first.ContentItemId, ContentStatus.Draft)).ShouldBeNull();
    }

    [Fact]
    public async Task Publishing_an_incomplete_item_reports_every_problem_and_stores_nothing()
    {
        var item = await NewAsync();
        item.GetOrAdd("NewsPost").Clear();
        item.GetOrAdd("TitlePart")["Title"] = "";
        var result = await PublishAsync(item);
        result.Problems.Select(problem => problem.Path).ShouldBe(["TitlePart", "NewsPost.Summary", "NewsPost.Date"], ignoreOrder: true);
        (await FindAsync(item.ContentItemId, ContentStatus.Latest)).ShouldBeNull();
    }

    [Fact]
    public async Task Unpublishing_keeps_the_latest_version_as_a_draft()
    {
        var item = (await PublishAsync(await NewAsync())).Item;
        await InScopeAsync(services => services.GetRequiredService<Unpublish>().ExecuteAsync(item.ContentItemId, item.Revision, Cancel));
        (await FindAsync(item.ContentItemId, ContentStatus.Published)).ShouldBeNull();
        (await FindAsync(item.ContentItemId, ContentStatus.Draft))!.PublishedUtc.ShouldBeNull();
    }

    [Fact]
    public async Task Deleting_is_soft_and_frees_the_address()
    {
        var item = (await PublishAsync(await NewAsync())).Item;
        await InScopeAsync(services => services.GetRequiredService<Delete>().ExecuteAsync(item.ContentItemId, item.Revision, Cancel));
        (await FindAsync(item.ContentItemId, ContentStatus.Latest)).ShouldBeNull();
        var kept = await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindVersionAsync(item.ContentItemVersionId, Cancel));
        kept.ShouldNotBeNull().DisplayText.ShouldBe("A post");
        var heir = await NewAsync();
        heir.GetOrAdd("AutoroutePart")["Path"] = item.Part("AutoroutePart")!["Path"]!.GetValue<string>();
        (await PublishAsync(heir)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task A_save_that_began_with_an_older_revision_conflicts_and_changes_nothing()
    {
        var item = (await DraftAsync(await NewAsync())).Item;
        var mine = item.Copy();
        var theirs = item.Copy();
        theirs.GetOrAdd("TitlePart")["Title"] = "Theirs";
        await DraftAsync(theirs);
        mine.GetOrAdd("TitlePart")["Title"] = "Mine";
        await Should.ThrowAsync<ContentConflictException>(() => DraftAsync(mine));
        (await FindAsync(item.ContentItemId, ContentStatus.Latest))!.DisplayText.ShouldBe("Theirs");
    }

    [Fact]
    public async Task Fifty_writers_at_once_lose_no_acknowledged_save()
    {
        var item = (await DraftAsync(await NewAsync())).Item;
        var attempts = await Task.WhenAll(Enumerable.Range(0, 50).Select(async number =>
        {
            var mine = item.Copy();
            mine.GetOrAdd("TitlePart")["Title"] = $"Writer {number}";
            try
            {
                return (await DraftAsync(mine)).Item.DisplayText;
            }
            catch (ContentConflictException)
            {
                return null;
            }
        }));
        var winner = attempts.Where(title => title is not null).ShouldHaveSingleItem();
        (await FindAsync(item.ContentItemId, ContentStatus.Latest))!.DisplayText.ShouldBe(winner);
    }

    [Fact]
    public async Task Two_items_cannot_hold_one_address()
    {
        var first = (await DraftAsync(await NewAsync())).Item;
        var second = await NewAsync();
        second.GetOrAdd("AutoroutePart")["Path"] = first.Part("AutoroutePart")!["Path"]!.GetValue<string>().ToUpperInvariant();
        (await Should.ThrowAsync<UniqueValueTakenException>(() => DraftAsync(second))).Key.ShouldBe("AutoroutePart.Path");
        (await FindAsync(second.ContentItemId, ContentStatus.Latest)).ShouldBeNull();
    }

    [Fact]
    public async Task Script_in_a_body_does_not_survive_a_save()
    {
        var item = await NewAsync();
        item.GetOrAdd("HtmlBodyPart")["Html"] = "<p onclick=\"x()\">Text</p><script>alert(1)</script>";
        (await DraftAsync(item)).Item.Part("HtmlBodyPart")!["Html"]!.GetValue<string>().ShouldBe("<p>Text</p>");
    }

    [Fact]
    public async Task A_translation_is_a_draft_in_the_same_set_and_made_once()
    {
        var item = (await PublishAsync(await NewAsync())).Item;
        Task<ContentItem> Translate() => InScopeAsync(services => services.GetRequiredService<Localize>().ExecuteAsync(item, "sr-latn", Cancel));
        var translation = await Translate();
        translation.Culture.ShouldBe("sr-Latn");
        translation.LocalizationSet.ShouldBe(item.LocalizationSet);
        (await FindAsync(translation.ContentItemId, ContentStatus.Draft)).ShouldNotBeNull();
        (await Translate()).ContentItemId.ShouldBe(translation.ContentItemId);
    }

    [Theory]
    [InlineData("en", "Čačak, Đakovica & “Ëmbël”", "en/news/cacak-djakovica-embel")]
    [InlineData("sq", "Çfarë ndodhi?", "sq/lajme/cfare-ndodhi")]
    [InlineData("sr-Latn", "Šta je novo", "sr/vesti/sta-je-novo")]
    public async Task An_item_without_an_address_gets_one_from_its_types_pattern_that_nobody_else_has(string culture, string title, string path)
    {
        async Task<string> PathAsync()
        {
            var item = await NewAsync(title);
            item.GetOrAdd("AutoroutePart").Clear();
            item.GetOrAdd("LocalizationPart")["Culture"] = culture;
            return (await DraftAsync(item)).Item.Part("AutoroutePart")!["Path"]!.GetValue<string>();
        }

        (await PathAsync()).ShouldBe(path);
        (await PathAsync()).ShouldBe(path + "-1");
        (await PathAsync()).ShouldBe(path + "-2");
    }

    [Fact]
    public async Task Dropping_a_draft_makes_what_readers_see_the_latest_version_again()
    {
        var first = (await PublishAsync(await NewAsync())).Item;
        var edited = first.Copy();
        edited.GetOrAdd("TitlePart")["Title"] = "Better not";
        var draft = (await DraftAsync(edited)).Item;
        await InScopeAsync(services => services.GetRequiredService<DiscardDraft>().ExecuteAsync(draft.ContentItemId, draft.Revision, Cancel));
        var latest = (await FindAsync(first.ContentItemId, ContentStatus.Latest))!;
        latest.ContentItemVersionId.ShouldBe(first.ContentItemVersionId);
        latest.Published.ShouldBeTrue();
        (await VersionAsync(draft.ContentItemVersionId)).ShouldNotBeNull().Latest.ShouldBeFalse();
    }

    [Fact]
    public async Task A_copy_is_a_draft_of_its_own_with_another_address_and_no_translations()
    {
        var source = (await PublishAsync(await NewAsync("Original"))).Item;
        var copy = (await InScopeAsync(services => services.GetRequiredService<Clone>().ExecuteAsync(source, Cancel))).Item;
        var stored = (await FindAsync(copy.ContentItemId, ContentStatus.Draft)).ShouldNotBeNull();
        stored.ContentItemId.ShouldNotBe(source.ContentItemId);
        stored.DisplayText.ShouldBe("Original");
        stored.LocalizationSet.ShouldNotBe(source.LocalizationSet);
        stored.Culture.ShouldBe(source.Culture);
        stored.Part("AutoroutePart")!["Path"]!.ToString().ShouldNotBe(source.Part("AutoroutePart")!["Path"]!.ToString());
        JsonNode.DeepEquals(stored.Part("NewsPost"), source.Part("NewsPost")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_archived_version_becomes_the_draft_and_what_readers_see_stays()
    {
        var first = (await PublishAsync(await NewAsync("First"))).Item;
        var edited = first.Copy();
        edited.GetOrAdd("TitlePart")["Title"] = "Second";
        var second = (await PublishAsync(edited)).Item;
        await InScopeAsync(services => services.GetRequiredService<Restore>().ExecuteAsync(first.ContentItemVersionId, second.Revision, Cancel));
        (await FindAsync(first.ContentItemId, ContentStatus.Draft))!.DisplayText.ShouldBe("First");
        (await FindAsync(first.ContentItemId, ContentStatus.Published))!.DisplayText.ShouldBe("Second");
        var versions = await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindVersionsAsync(first.ContentItemId, 0, 10, Cancel));
        versions.Select(version => version.DisplayText).ShouldBe(["First", "Second", "First"]);
    }

    [Fact]
    public async Task A_deleted_item_is_in_the_recycle_bin_until_it_is_restored()
    {
        var item = (await PublishAsync(await NewAsync("Gone too soon"))).Item;
        await InScopeAsync(services => services.GetRequiredService<Delete>().ExecuteAsync(item.ContentItemId, item.Revision, Cancel));
        var deleted = (await DeletedAsync()).Single(entry => entry.LastVersion.ContentItemId == item.ContentItemId);
        deleted.DeletedUtc.ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(1));
        var restored = await InScopeAsync(services =>
            services.GetRequiredService<Restore>().ExecuteAsync(deleted.LastVersion.ContentItemVersionId, deleted.LastVersion.Revision, Cancel));
        restored.ShouldNotBeNull().Succeeded.ShouldBeTrue();
        (await FindAsync(item.ContentItemId, ContentStatus.Draft))!.DisplayText.ShouldBe("Gone too soon");
        (await DeletedAsync()).ShouldNotContain(entry => entry.LastVersion.ContentItemId == item.ContentItemId);
    }

    [Fact]
    public async Task A_deleted_item_whose_address_was_given_away_is_not_restored_over_its_heir()
    {
        var item = (await PublishAsync(await NewAsync())).Item;
        await InScopeAsync(services => services.GetRequiredService<Delete>().ExecuteAsync(item.ContentItemId, item.Revision, Cancel));
        var heir = await NewAsync();
        heir.GetOrAdd("AutoroutePart")["Path"] = item.Part("AutoroutePart")!["Path"]!.GetValue<string>();
        await PublishAsync(heir);
        var revision = (await VersionAsync(item.ContentItemVersionId))!.Revision;
        await Should.ThrowAsync<UniqueValueTakenException>(() =>
            InScopeAsync(services => services.GetRequiredService<Restore>().ExecuteAsync(item.ContentItemVersionId, revision, Cancel)));
        (await FindAsync(item.ContentItemId, ContentStatus.Latest)).ShouldBeNull();
    }

    [Fact]
    public async Task Pruning_erases_archived_versions_only()
    {
        var first = (await PublishAsync(await NewAsync("Old"))).Item;
        var edited = first.Copy();
        edited.GetOrAdd("TitlePart")["Title"] = "New";
        var second = (await PublishAsync(edited)).Item;
        var gone = (await PublishAsync(await NewAsync("Deleted"))).Item;
        await InScopeAsync(services => services.GetRequiredService<Delete>().ExecuteAsync(gone.ContentItemId, gone.Revision, Cancel));

        // Neighbours' versions are younger than this moment in the past, so that only what is dated back here can go.
        await InScopeAsync(services => services.GetRequiredService<Platform.Storage.CmsDbContext>().Database.ExecuteSqlAsync(
            $"UPDATE \"ContentVersions\" SET \"ModifiedUtc\" = '2001-01-01 00:00:00' WHERE \"ContentItemId\" IN ({first.ContentItemId}, {gone.ContentItemId})", Cancel));
        await InScopeAsync(services => services.GetRequiredService<IContentStore>().PruneAsync(new DateTime(2002, 1, 1, 0, 0, 0, DateTimeKind.Utc), Cancel));
        (await VersionAsync(first.ContentItemVersionId)).ShouldBeNull();
        (await VersionAsync(second.ContentItemVersionId)).ShouldNotBeNull().Published.ShouldBeTrue();
        (await VersionAsync(gone.ContentItemVersionId)).ShouldNotBeNull();
    }

    private Task<ContentItem?> VersionAsync(string versionId) =>
        InScopeAsync(services => services.GetRequiredService<IContentStore>().FindVersionAsync(versionId, Cancel));

    private Task<IReadOnlyList<DeletedContent>> DeletedAsync() =>
        InScopeAsync(services => services.GetRequiredService<IContentStore>().FindDeletedAsync(0, 1000, Cancel));
}
