using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteConsistencyTests(Site site) : ConsistencyTests(site);

public sealed class PostgresConsistencyTests(PostgresSite site) : ConsistencyTests(site.OrSkip())
{
    [Fact]
    public async Task Who_stops_waiting_for_other_writers_leaves_no_transaction_behind()
    {
        await using var first = site.NewScope();
        await using var held = await first.ServiceProvider.GetRequiredService<CmsDbContext>().BeginWriteAsync(Cancel);
        await using var second = site.NewScope();
        var database = second.ServiceProvider.GetRequiredService<CmsDbContext>();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var waiting = database.BeginWriteAsync(gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        database.Database.CurrentTransaction.ShouldBeNull();
        await held.RollbackAsync(Cancel);
        await using var next = await database.BeginWriteAsync(Cancel);
    }
}

/// <summary>Many writers at once: on one item, on many, on one address; and a reader of the outbox beside them.</summary>
public abstract class ConsistencyTests(Site site)
{
    private const int Writers = 50;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = site.NewScope();
        return await act(scope.ServiceProvider);
    }

    private Task<ContentItem> NewAsync(string title) => InScopeAsync(services => NewAsync(services, title));

    private static async Task<ContentItem> NewAsync(IServiceProvider services, string title)
    {
        var item = await services.GetRequiredService<NewContent>().ExecuteAsync(services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("NewsPost")!, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = title;
        item.GetOrAdd("AutoroutePart")["Path"] = "en/news/" + ContentId.New();
        item.GetOrAdd("NewsPost")["Summary"] = new JsonObject { ["Text"] = "In short." };
        item.GetOrAdd("NewsPost")["Date"] = new JsonObject { ["Value"] = "2026-01-31T00:00:00Z" };
        return item;
    }

    private Task<ContentResult> PublishAsync(ContentItem item) => InScopeAsync(services => services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel));

    private Task<ContentItem?> LatestAsync(string id) => InScopeAsync(services => services.GetRequiredService<IContentStore>().FindAsync(id, ContentStatus.Latest, Cancel));

    [Fact]
    public async Task Fifty_writers_who_read_the_item_again_after_a_conflict_all_get_through()
    {
        var id = (await PublishAsync(await NewAsync("0"))).Item.ContentItemId;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var item = (await LatestAsync(id))!;
                item.GetOrAdd("TitlePart")["Title"] = (int.Parse(item.DisplayText!, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
                try
                {
                    await PublishAsync(item);
                    return;
                }
                catch (ContentConflictException)
                {
                    // Somebody was faster; once more upon what they made.
                }
            }
        }, Cancel)));
        (await LatestAsync(id))!.DisplayText.ShouldBe(Writers.ToString(CultureInfo.InvariantCulture));
        var versions = await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindVersionsAsync(id, 0, 1000, Cancel));
        versions.Count.ShouldBe(Writers + 1);
        versions.Count(version => version.Latest).ShouldBe(1);
        versions.Count(version => version.Published).ShouldBe(1);
        versions[0].Revision.ShouldBe(Writers + 1);
    }

    [Fact]
    public async Task Fifty_writers_of_fifty_items_do_not_stand_in_each_others_way()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => NewAsync($"Item {number}")));
        await Task.WhenAll(items.Select(item => Task.Run(() => PublishAsync(item), Cancel)));
        foreach (var item in items) (await LatestAsync(item.ContentItemId)).ShouldNotBeNull().DisplayText.ShouldBe(item.Part("TitlePart")!.TextOf("Title"));
    }

    [Fact]
    public async Task Of_fifty_items_that_want_one_address_one_gets_it()
    {
        var path = "en/news/" + ContentId.New();
        var items = await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => NewAsync($"Item {number}")));
        var won = await Task.WhenAll(items.Select(item => Task.Run(async () =>
        {
            item.GetOrAdd("AutoroutePart")["Path"] = path;
            try
            {
                await PublishAsync(item);
                return true;
            }
            catch (UniqueValueTakenException)
            {
                return false;
            }
        }, Cancel)));
        won.Count(isWinner => isWinner).ShouldBe(1);
        var holder = await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindHolderAsync("AutoroutePart.Path", path, Cancel));
        holder.ShouldBe(items[Array.IndexOf(won, true)].ContentItemId);
        foreach (var (item, isWinner) in items.Zip(won)) (await LatestAsync(item.ContentItemId) is not null).ShouldBe(isWinner);
    }

    [Fact]
    public async Task An_item_made_twice_at_once_under_one_id_is_made_once()
    {
        var item = await NewAsync("Twin");
        var made = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            try
            {
                await PublishAsync(item.Copy());
                return true;
            }
            catch (ContentConflictException)
            {
                return false;
            }
        }, Cancel)));

        // The second may also have come so late that it saw the first, and then it edits an item that it has not read.
        made.Count(isMade => isMade).ShouldBe(1);
        (await LatestAsync(item.ContentItemId))!.Revision.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_of_the_outbox_who_remembers_its_place_misses_nothing_that_commits_late()
    {
        var early = await NewAsync("Begins first, ends last");
        var late = await NewAsync("Begins last");
        await using var scope = site.NewScope();
        var transaction = await scope.ServiceProvider.GetRequiredService<CmsDbContext>().BeginWriteAsync(Cancel);
        await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(early, Cancel);
        var second = Task.Run(() => PublishAsync(late), Cancel);

        // Where transactions overlapped, the second would be done by now, with a higher number than the first.
        await Task.WhenAny(second, Task.Delay(500, Cancel));
        var seen = new List<string>();
        var place = await ReadAsync(0, seen);
        await transaction.CommitAsync(Cancel);
        await transaction.DisposeAsync();
        await second;
        await ReadAsync(place, seen);
        seen.Where(id => id == early.ContentItemId || id == late.ContentItemId).ShouldBe([early.ContentItemId, late.ContentItemId]);
    }

    private async Task<long> ReadAsync(long place, List<string> seen)
    {
        await using var context = site.OpenDatabase();
        var rows = await context.Outbox.AsNoTracking().Where(row => row.Sequence > place).OrderBy(row => row.Sequence).ToListAsync(Cancel);
        seen.AddRange(rows.Select(row => row.ContentItemId));
        return rows is [.., var last] ? last.Sequence : place;
    }

    [Theory]
    [InlineData("x\u2028y")]
    [InlineData("\u0301x\u0301")]
    [InlineData("\ud83d\ude00")]
    public async Task No_text_is_too_odd_to_be_stored_and_looked_for(string text)
    {
        var item = await NewAsync("Odd " + text);
        item.GetOrAdd("NewsPost")["Summary"] = new JsonObject { ["Text"] = text };
        (await PublishAsync(item)).Problems.ShouldBeEmpty();
        (await LatestAsync(item.ContentItemId)).ShouldNotBeNull();
        (await LatestAsync(text)).ShouldBeNull();
        var query = new ContentQuery { Filter = new Compare(EnvelopeField.All.Single(field => field.Name == "DisplayText"), Comparison.Contains, text) };
        await InScopeAsync(services => services.GetRequiredService<IContentStore>().QueryAsync(query, Cancel));
    }

    [Fact]
    public async Task Texts_longer_than_an_index_entry_are_stored_and_found()
    {
        var random = new Random(1);
        var text = string.Concat(Enumerable.Range(0, 6000).Select(_ => (char)random.Next(0x400, 0x4ff)));
        var item = await NewAsync("Long");
        item.GetOrAdd("NewsPost")["Summary"] = new JsonObject { ["Text"] = text };
        var path = "en/" + text[..1000].ToLowerInvariant();
        item.GetOrAdd("AutoroutePart")["Path"] = path;
        (await PublishAsync(item)).Problems.ShouldBeEmpty();
        var query = new ContentQuery { Filter = new Compare(new IndexedField("NewsPost.Summary", Core.Fields.MemberType.Text), Comparison.In, text) };
        var found = await InScopeAsync(services => services.GetRequiredService<IContentStore>().QueryAsync(query, Cancel));
        found.Select(other => other.ContentItemId).ShouldBe([item.ContentItemId]);
        (await InScopeAsync(services => services.GetRequiredService<IContentStore>().FindHolderAsync("AutoroutePart.Path", path, Cancel))).ShouldBe(item.ContentItemId);
    }
}
