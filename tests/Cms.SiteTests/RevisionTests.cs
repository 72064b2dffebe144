using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Revisions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cms.SiteTests;

public sealed class SqliteRevisionTests(Site site) : RevisionTests(site);

public sealed class PostgresRevisionTests(PostgresSite site) : RevisionTests(site.OrSkip());

/// <summary>What a save writes over stays findable, and what says nothing new writes nothing.</summary>
public abstract class RevisionTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = site.NewScope();
        return await act(scope.ServiceProvider);
    }

    private Task<ContentResult> DraftAsync(ContentItem item) => InScopeAsync(services => services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel));

    private Task<ContentResult> PublishAsync(ContentItem item) => InScopeAsync(services => services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel));

    private Task<ContentItem> NewAsync(string title) => InScopeAsync(async services =>
    {
        var type = services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("NewsPost")!;
        var item = await services.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("AutoroutePart")["Path"] = "en/news/" + ContentId.New();
        item.GetOrAdd("NewsPost")["Summary"] = new JsonObject { ["Text"] = "In short." };
        item.GetOrAdd("NewsPost")["Date"] = new JsonObject { ["Value"] = "2026-01-31T00:00:00Z" };
        return Titled(item, title);
    });

    private static ContentItem Titled(ContentItem item, string title)
    {
        var titled = item.Copy();
        titled.GetOrAdd("TitlePart")["Title"] = title;
        return titled;
    }

    private async Task<List<(string Kind, string? Title, string? User)>> RevisionsAsync(string id)
    {
        await using var database = site.OpenDatabase();
        var rows = await database.ContentRevisions.AsNoTracking().Where(row => row.ContentItemId == id).OrderBy(row => row.Id).ToListAsync(Cancel);
        return [.. rows.Select(row => (row.Kind, ContentRevisions.Read(row).DisplayText, row.UserName))];
    }

    [Theory]
    [InlineData("EditContent", "4second")]
    [InlineData("EditContentOwner", "4first")]
    public async Task An_older_text_brings_its_owner_back_only_where_the_user_may_change_owners(string permission, string owner)
    {
        var item = await NewAsync("Owned by the first");
        item.Owner = "4first";
        var first = (await DraftAsync(item)).Item;
        var second = Titled(first, "Owned by the second");
        second.Owner = "4second";
        second = (await DraftAsync(second)).Item;
        await using var scope = site.NewScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(new CmsUser("4editor", "editor", FrozenSet.Create("EditContent", permission)));
        var restored = await scope.ServiceProvider.GetRequiredService<Restore>().ExecuteAsync(first, second.Revision, Cancel);
        restored.Problems.ShouldBeEmpty();
        restored.Item.Owner.ShouldBe(owner);
    }

    [Fact]
    public async Task Each_save_of_a_draft_leaves_the_text_that_it_wrote_over()
    {
        var first = (await DraftAsync(await NewAsync("First"))).Item;
        var second = (await DraftAsync(Titled(first, "Second"))).Item;
        await PublishAsync(Titled(second, "Third"));
        (await RevisionsAsync(first.ContentItemId)).ShouldBe([("DraftSaved", "First", "tester"), ("DraftSaved", "Second", "tester"), ("Published", "Third", "tester")]);
    }

    [Fact]
    public async Task A_text_from_before_there_were_revisions_is_kept_when_it_is_written_over()
    {
        var item = (await DraftAsync(await NewAsync("Old"))).Item;
        await using (var database = site.OpenDatabase()) await database.ContentRevisions.Where(row => row.ContentItemId == item.ContentItemId).ExecuteDeleteAsync(Cancel);
        await DraftAsync(Titled(item, "New"));
        (await RevisionsAsync(item.ContentItemId)).ShouldBe([("DraftSaved", "Old", "tester"), ("DraftSaved", "New", "tester")]);
    }

    [Fact]
    public async Task A_save_that_fails_leaves_no_revision()
    {
        var taken = (await DraftAsync(await NewAsync("Taken"))).Item;
        var item = (await DraftAsync(await NewAsync("Mine"))).Item;
        var edited = Titled(item, "Never stored");
        edited.GetOrAdd("AutoroutePart")["Path"] = taken.Part("AutoroutePart")!["Path"]!.GetValue<string>();
        await Should.ThrowAsync<UniqueValueTakenException>(() => DraftAsync(edited));
        (await RevisionsAsync(item.ContentItemId)).Select(revision => revision.Title).ShouldBe(["Mine"]);
    }

    [Fact]
    public async Task Dropping_deleting_and_restoring_lose_no_text()
    {
        var first = (await PublishAsync(await NewAsync("Public"))).Item;
        var draft = (await DraftAsync(Titled(first, "Dropped"))).Item;
        await InScopeAsync(services => services.GetRequiredService<DiscardDraft>().ExecuteAsync(draft.ContentItemId, draft.Revision, Cancel));
        var latest = (await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindAsync(first.ContentItemId, ContentStatus.Latest, Cancel)))!;
        await InScopeAsync(services => services.GetRequiredService<Delete>().ExecuteAsync(latest.ContentItemId, latest.Revision, Cancel));
        var deleted = (await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindVersionAsync(draft.ContentItemVersionId, Cancel)))!;
        await InScopeAsync(services => services.GetRequiredService<Restore>().ExecuteAsync(Titled(deleted, "Back"), deleted.Revision, Cancel));
        (await RevisionsAsync(first.ContentItemId)).Select(revision => (revision.Kind, revision.Title)).ShouldBe([("Published", "Public"), ("DraftSaved", "Dropped"), ("Restored", "Back")]);
    }

    [Fact]
    public async Task Publishing_the_same_a_hundred_times_makes_one_version_and_tells_nobody()
    {
        var item = (await PublishAsync(await NewAsync("Same"))).Item;
        for (var i = 0; i < 100; i++)
        {
            var again = await PublishAsync(item.Copy());
            again.Succeeded.ShouldBeTrue();
            again.Item.ContentItemVersionId.ShouldBe(item.ContentItemVersionId);
            (await DraftAsync(item.Copy())).Item.Published.ShouldBeTrue();
        }

        await using var database = site.OpenDatabase();
        (await database.ContentVersions.CountAsync(row => row.ContentItemId == item.ContentItemId, Cancel)).ShouldBe(1);
        (await database.Outbox.CountAsync(row => row.ContentItemId == item.ContentItemId, Cancel)).ShouldBe(1);
        (await database.ContentHeads.SingleAsync(row => row.ContentItemId == item.ContentItemId, Cancel)).Revision.ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_that_says_what_readers_see_is_published_all_the_same()
    {
        var first = (await PublishAsync(await NewAsync("Public"))).Item;
        var draft = (await DraftAsync(Titled(first, "Other"))).Item;
        draft = (await DraftAsync(Titled(draft, "Public"))).Item;
        var published = (await PublishAsync(draft)).Item;
        published.ContentItemVersionId.ShouldBe(draft.ContentItemVersionId);
        published.Published.ShouldBeTrue();
        (await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindAsync(first.ContentItemId, ContentStatus.Draft, Cancel))).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_text_upon_an_older_revision_is_still_a_conflict()
    {
        var item = (await PublishAsync(await NewAsync("Before"))).Item;
        await PublishAsync(Titled(item, "After"));
        await Should.ThrowAsync<ContentConflictException>(() => PublishAsync(Titled(item, "After")));
    }

    [Fact]
    public async Task An_item_keeps_as_many_revisions_as_it_may_and_always_its_newest()
    {
        var item = (await DraftAsync(await NewAsync("0"))).Item;
        await using var scope = site.NewScope();
        var services = scope.ServiceProvider;
        async Task KeepAsync(RevisionOptions options, string title) => await new ContentRevisions(
            services.GetRequiredService<CmsDbContext>(), services.GetRequiredService<Core.Security.ICurrentUser>(), new SaveOrigin(), Options.Create(options), TimeProvider.System)
            .KeepAsync(Shown(Titled(item, title), title), RevisionKind.Typed, Cancel);
        for (var i = 1; i < 6; i++) await KeepAsync(new RevisionOptions { MaxPerItem = 3 }, $"{i}");
        (await RevisionsAsync(item.ContentItemId)).Select(revision => revision.Title).ShouldBe(["3", "4", "5"]);
        await KeepAsync(new RevisionOptions { MaxCharactersPerItem = 1 }, "6");
        (await RevisionsAsync(item.ContentItemId)).Select(revision => revision.Title).ShouldBe(["6"]);
    }

    [Fact]
    public async Task Revisions_go_when_their_days_are_over_and_those_count_from_when_a_text_was_written_over()
    {
        var item = (await DraftAsync(await NewAsync("Long the draft"))).Item;
        var gone = (await DraftAsync(await NewAsync("Long ago"))).Item;
        await using (var database = site.OpenDatabase())
        {
            await database.ContentRevisions.Where(row => row.ContentItemId == item.ContentItemId || row.ContentItemId == gone.ContentItemId)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.KeptUtc, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Cancel);
        }

        await DraftAsync(Titled(item, "Now"));
        await InScopeAsync(services => services.GetRequiredService<ContentRevisions>().PruneAsync(DateTime.UtcNow, Cancel));
        (await RevisionsAsync(item.ContentItemId)).Select(revision => revision.Title).ShouldBe(["Long the draft", "Now"]);
        (await RevisionsAsync(gone.ContentItemId)).ShouldBeEmpty();
    }

    private static ContentItem Shown(ContentItem item, string title)
    {
        item.DisplayText = title;
        return item;
    }
}
