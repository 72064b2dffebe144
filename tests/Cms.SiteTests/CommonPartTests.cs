using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Platform.Admin;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Cms.SiteTests;

/// <summary>Creation date and owner in the editor, which belong to the envelope.</summary>
public sealed class CommonPartTests(Site site)
{
    private const string Definition = """
        { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Owned", "DisplayName": "Owned", "Settings": { "ContentTypeSettings": { "Creatable": true } },
          "ContentTypePartDefinitionRecords": [ { "PartName": "CommonPart", "Settings": { "CommonPartSettings": { "DisplayDateEditor": true, "DisplayOwnerEditor": true } } } ] } ] }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<ContentItem> SaveAsync(CmsUser user, params (string Member, string Text)[] typed)
    {
        await using (var scope = site.NewScope()) await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse(Definition)!.AsObject(), Cancel);
        await using var editing = site.Services.CreateAsyncScope();
        editing.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(user);
        var item = new ContentItem { ContentItemId = ContentId.New(), ContentType = "Owned", DisplayText = "Mine", Owner = user.Id };
        var form = typed.SelectMany(entry => new[] { ($"shown:CommonPart.{entry.Member}", "1"), ($"CommonPart.{entry.Member}", entry.Text) })
            .ToDictionary(entry => entry.Item1, entry => new StringValues(entry.Item2));
        editing.ServiceProvider.GetRequiredService<ContentForm>().Apply(item, new FormCollection(form), TimeZoneInfo.Utc);
        var saved = await editing.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel);
        saved.Problems.ShouldBeEmpty();
        return (await editing.ServiceProvider.GetRequiredService<IContentStore>().FindAsync(item.ContentItemId, ContentStatus.Latest, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_typed_goes_into_the_envelope_and_the_part_stays_a_mark()
    {
        var stored = await SaveAsync(CmsUser.System with { Id = "4tester" }, ("CreatedUtc", "2020-07-24T10:00"), ("Owner", "4somebody"));
        stored.CreatedUtc.ShouldBe(new DateTime(2020, 7, 24, 10, 0, 0, DateTimeKind.Utc));
        stored.Owner.ShouldBe("4somebody");
        stored.Part("CommonPart")!.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Who_may_not_give_items_away_keeps_them()
    {
        var author = new CmsUser("4author", "author", System.Collections.Frozen.FrozenSet.ToFrozenSet(["EditContent"]));
        (await SaveAsync(author, ("Owner", "4somebody"))).Owner.ShouldBe("4author");
        (await SaveAsync(author with { Permissions = System.Collections.Frozen.FrozenSet.ToFrozenSet(["EditContent", "EditContentOwner"]) }, ("Owner", "4somebody"))).Owner.ShouldBe("4somebody");
    }
}
