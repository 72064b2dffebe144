using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Modules.AuditTrail;
using Cms.Platform.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>Who changed what, when and why.</summary>
public sealed class AuditTrailTests(Site site)
{
    private const string Definition = """
        { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Audited", "DisplayName": "Audited", "Settings": { "ContentTypeSettings": { "Creatable": true, "Versionable": true } },
          "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart" }, { "PartName": "AuditTrailPart" } ] } ] }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<T> AsEditorAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = site.NewScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(CmsUser.System with { Id = "4editor", Name = "editor" });
        return await act(scope.ServiceProvider);
    }

    private async Task<ContentItem> NewAsync()
    {
        await using (var scope = site.NewScope()) await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse(Definition)!.AsObject(), Cancel);
        var item = new ContentItem { ContentItemId = ContentId.New(), ContentType = "Audited" };
        item.GetOrAdd("TitlePart")["Title"] = "Minutes";
        return item;
    }

    private Task<IReadOnlyList<AuditEventRow>> TrailOfAsync(string id) => AsEditorAsync(services => services.GetRequiredService<AuditTrail>().FindAsync(new AuditFilter(null, null, id), 1, Cancel));

    [Fact]
    public async Task Every_change_is_recorded_with_its_user_and_comment_and_the_comment_stays_out_of_the_item()
    {
        var item = await NewAsync();
        item.GetOrAdd("AuditTrailPart")["Comment"] = "First try";
        var draft = (await AsEditorAsync(services => services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel))).Item;
        draft.Part("AuditTrailPart")!.Count.ShouldBe(0);
        var published = (await AsEditorAsync(services => services.GetRequiredService<Publish>().ExecuteAsync(draft, Cancel))).Item;
        await AsEditorAsync(services => services.GetRequiredService<Delete>().ExecuteAsync(published.ContentItemId, published.Revision, Cancel));
        var trail = await TrailOfAsync(item.ContentItemId);
        trail.Select(entry => (entry.Kind, entry.UserName, entry.DisplayText, entry.Comment)).ShouldBe(
            [("Deleted", "editor", "Minutes", null), ("Published", "editor", "Minutes", null), ("DraftSaved", "editor", "Minutes", "First try")]);
        trail[1].ContentItemVersionId.ShouldBe(published.ContentItemVersionId);
    }

    [Fact]
    public async Task A_change_that_was_not_stored_is_not_in_the_trail()
    {
        var item = (await AsEditorAsync(async services => await services.GetRequiredService<SaveDraft>().ExecuteAsync(await NewAsync(), Cancel))).Item;
        item.GetOrAdd("TitlePart")["Title"] = "Minutes, corrected";
        await AsEditorAsync(services => services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel));
        await Should.ThrowAsync<ContentConflictException>(() => AsEditorAsync(services =>
        {
            item.Revision = 1;
            return services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel);
        }));
        (await TrailOfAsync(item.ContentItemId)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Old_events_are_forgotten_when_they_are_asked_to_be()
    {
        var item = (await AsEditorAsync(async services => await services.GetRequiredService<SaveDraft>().ExecuteAsync(await NewAsync(), Cancel))).Item;
        await AsEditorAsync(services => services.GetRequiredService<AuditTrail>().TrimAsync(DateTime.UtcNow.AddDays(-1), Cancel));
        (await TrailOfAsync(item.ContentItemId)).ShouldNotBeEmpty();
    }
}
