using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SchedulingTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_published_at_its_time_once()
    {
        var item = await NewAsync("Announced", required: true);
        item.GetOrAdd("PublishLaterPart")["ScheduledPublishUtc"] = In(seconds: 2);
        await RunAsync(services => services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel));
        (await FindAsync(item.ContentItemId, ContentStatus.Published)).ShouldBeNull();
        var published = await UntilAsync(item.ContentItemId, ContentStatus.Published, found => found is not null);
        published!.Part("PublishLaterPart")!["ScheduledPublishUtc"].ShouldBeNull();
        var versions = await RunAsync(services => services.GetRequiredService<IContentStore>().FindVersionsAsync(item.ContentItemId, 0, 10, Cancel));
        versions.ShouldHaveSingleItem().Revision.ShouldBe(2);
    }

    [Fact]
    public async Task A_published_item_is_archived_at_its_time()
    {
        var item = await NewAsync("Until tomorrow", required: true);
        item.GetOrAdd("ArchiveLaterPart")["ScheduledArchiveUtc"] = In(seconds: 2);
        (await RunAsync(services => services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel))).Problems.ShouldBeEmpty();
        await UntilAsync(item.ContentItemId, ContentStatus.Published, found => found is null);
        var draft = (await FindAsync(item.ContentItemId, ContentStatus.Draft)).ShouldNotBeNull();
        draft.Part("ArchiveLaterPart")!["ScheduledArchiveUtc"].ShouldBeNull();
    }

    [Fact]
    public async Task What_is_due_but_incomplete_waits_and_does_not_hold_up_the_rest()
    {
        var incomplete = await NewAsync("", required: false);
        var complete = await NewAsync("Complete", required: true);
        foreach (var item in new[] { incomplete, complete })
        {
            item.GetOrAdd("PublishLaterPart")["ScheduledPublishUtc"] = In(seconds: -60);
            await RunAsync(services => services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel));
        }

        await UntilAsync(complete.ContentItemId, ContentStatus.Published, found => found is not null);
        (await FindAsync(incomplete.ContentItemId, ContentStatus.Draft))!.Part("PublishLaterPart")!["ScheduledPublishUtc"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Publishing_with_a_time_of_archiving_in_the_past_is_refused()
    {
        var item = await NewAsync("Too late", required: true);
        item.GetOrAdd("ArchiveLaterPart")["ScheduledArchiveUtc"] = In(seconds: -60);
        var result = await RunAsync(services => services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel));
        result.Problems.ShouldHaveSingleItem().Path.ShouldBe("ArchiveLaterPart");
    }

    private static string In(int seconds) => JsonValues.WriteMoment(DateTime.UtcNow.AddSeconds(seconds));

    private async Task<T> RunAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = site.NewScope();
        return await act(scope.ServiceProvider);
    }

    private async Task<ContentItem> NewAsync(string title, bool required)
    {
        await RunAsync(async services =>
        {
            await EveryKind.RunAsync(services, JsonNode.Parse("""
                { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Notice", "DisplayName": "Notice", "ContentTypePartDefinitionRecords": [
                  { "PartName": "TitlePart", "Settings": { "TitlePartSettings": { "Options": "EditableRequired" } } }, { "PartName": "PublishLaterPart" }, { "PartName": "ArchiveLaterPart" } ] } ] }
                """)!.AsObject(), Cancel);
            return true;
        });
        return await RunAsync(async services =>
        {
            var item = await services.GetRequiredService<NewContent>().ExecuteAsync(services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Notice")!, Cancel);
            if (required) item.GetOrAdd("TitlePart")["Title"] = title;
            return item;
        });
    }

    private Task<ContentItem?> FindAsync(string id, ContentStatus status) =>
        RunAsync(services => services.GetRequiredService<IContentStore>().FindAsync(id, status, Cancel));

    private async Task<ContentItem?> UntilAsync(string id, ContentStatus status, Func<ContentItem?, bool> isDone)
    {
        while (true)
        {
            var found = await FindAsync(id, status);
            if (isDone(found)) return found;
            await Task.Delay(250, Cancel);
        }
    }
}
