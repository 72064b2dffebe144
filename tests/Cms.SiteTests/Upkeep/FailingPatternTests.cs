using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Upkeep;

/// <summary>A pattern or handler that fails on an item is that item's problem, told to its editor, and nobody else's.</summary>
public sealed class FailingPatternTests(Site site)
{
    /// <summary>Fails while it runs, whatever the item is.</summary>
    private const string Failing = "{% for i in (1..100000000) %}x{% endfor %}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_whose_arguments_are_missing_stays_as_it_is()
    {
        await DefineAsync("MissingArguments", "{{ '{0} nga {1}' | t: 3 }}");
        var result = await SaveAsync("MissingArguments");
        result.Problems.ShouldBeEmpty();
        result.Item.DisplayText.ShouldBe("{0} nga {1}");
    }

    [Theory]
    [InlineData("TitlePart")]
    [InlineData("AutoroutePart")]
    [InlineData("AliasPart")]
    public async Task A_pattern_that_fails_is_a_problem_of_its_part(string part)
    {
        await DefineAsync("Failing" + part, "{{ 'A title' }}", part);
        var problem = (await SaveAsync("Failing" + part)).Problems.ShouldHaveSingleItem();
        problem.Path.ShouldBe(part);
        problem.Message.ShouldStartWith("The pattern in the settings of the content type fails on this item");
    }

    [Fact]
    public async Task A_due_item_that_fails_is_marked_for_its_editor_and_holds_up_no_other()
    {
        await DefineAsync("Due", "{{ 'A title' }}");
        var failing = (await SaveAsync("Due")).Item;
        await DefineAsync("Due", Failing);
        await MakeDueAsync(failing);
        await DefineAsync("DueToo", "{{ 'A title' }}");
        var good = (await SaveAsync("DueToo", isDue: true)).Item;
        while (await FindAsync(good.ContentItemId, ContentStatus.Published) is null) await Task.Delay(100, Cancel);
        using var editor = await SignedIn.AdministratorAsync(site, Cancel);
        var page = "";
        while (!page.Contains("it could not be published", StringComparison.Ordinal)) page = await editor.GetStringAsync($"/Admin/Contents/ContentItems/{failing.ContentItemId}/Edit", Cancel);
        page.ShouldContain("The pattern in the settings of the content type fails on this item");
        (await FindAsync(failing.ContentItemId, ContentStatus.Draft)).ShouldNotBeNull();
    }

    /// <summary>Stores the item as due, past the handlers, as when the definition was broken after the item was saved.</summary>
    private async Task MakeDueAsync(ContentItem item)
    {
        item.GetOrAdd("PublishLaterPart")["ScheduledPublishUtc"] = JsonValues.WriteMoment(DateTime.UtcNow.AddMinutes(-1));
        await using var scope = site.NewScope();
        await scope.ServiceProvider.GetRequiredService<IContentStore>().SaveAsync(new ContentChange(ContentEventKind.DraftSaved, item.Revision, [item]), Cancel);
    }

    private async Task<ContentResult> SaveAsync(string type, bool isDue = false)
    {
        await using var scope = site.NewScope();
        var services = scope.ServiceProvider;
        var item = await services.GetRequiredService<NewContent>().ExecuteAsync(services.GetRequiredService<ContentDefinitionRegistry>().Current.Type(type)!, Cancel);
        if (isDue) item.GetOrAdd("PublishLaterPart")["ScheduledPublishUtc"] = JsonValues.WriteMoment(DateTime.UtcNow.AddMinutes(-1));
        return await services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel);
    }

    private async Task<ContentItem?> FindAsync(string id, ContentStatus status)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync(id, status, Cancel);
    }

    /// <summary>A type whose titles come from a pattern; one part of it may have the failing one.</summary>
    private async Task DefineAsync(string type, string title, string failing = "")
    {
        JsonObject Part(string name, JsonObject settings) => new() { ["PartName"] = name, ["Settings"] = new JsonObject { [name + "Settings"] = settings } };
        var parts = new JsonArray(
            Part("TitlePart", new JsonObject { ["Options"] = "GeneratedDisabled", ["Pattern"] = failing == "TitlePart" ? Failing : title }), new JsonObject { ["PartName"] = "PublishLaterPart" });
        if (failing is "AutoroutePart" or "AliasPart") parts.Add(Part(failing, new JsonObject { ["Pattern"] = Failing }));
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject
        {
            ["name"] = "ContentDefinition",
            ["ContentTypes"] = new JsonArray(new JsonObject { ["Name"] = type, ["DisplayName"] = type, ["ContentTypePartDefinitionRecords"] = parts }),
        }, Cancel);
    }
}
