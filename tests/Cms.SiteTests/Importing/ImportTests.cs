using System.Net;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Importing;

public sealed class SqliteImportTests(Site site) : ImportTests(site);

public sealed class PostgresImportTests(PostgresSite site) : ImportTests(site.OrSkip());

/// <summary>Recipes meet what editors wrote: nothing of it is lost, and nothing that is live goes offline.</summary>
public abstract class ImportTests(Site site) : IAsyncLifetime
{
    private const string Definition = """
        { "name": "ContentDefinition",
          "ContentTypes": [ { "Name": "Leaflet", "DisplayName": "Leaflet",
            "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Draftable": true, "Versionable": true } },
            "ContentTypePartDefinitionRecords": [
              { "PartName": "TitlePart", "Settings": { "TitlePartSettings": { "Options": "EditableRequired" } } },
              { "PartName": "Leaflet" }, { "PartName": "PublishLaterPart" }, { "PartName": "AutoroutePart" } ] } ],
          "ContentParts": [ { "Name": "Leaflet", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Text" }, { "FieldName": "TextField", "Name": "Note" } ] } ] }
        """;

    private readonly Recipes _recipes = new(site);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _recipes.RunAsync(Definition);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static string NewId() => "leaflet-" + ContentId.New()[..12];

    private static string Leaflet(string id, string text, bool published = true, bool latest = true, string? version = null) => new JsonObject
    {
        ["ContentItemId"] = id,
        ["ContentItemVersionId"] = version,
        ["ContentType"] = "Leaflet",
        ["DisplayText"] = $"Title of {id}",
        ["Latest"] = latest,
        ["Published"] = published,
        ["TitlePart"] = new JsonObject { ["Title"] = $"Title of {id}" },
        ["Leaflet"] = new JsonObject { ["Text"] = new JsonObject { ["Text"] = text } },
    }.ToJsonString();

    private static void Write(ContentItem item, string text) => item.GetOrAdd("Leaflet")["Text"] = new JsonObject { ["Text"] = text };

    private static string? TextOf(ContentItem? item) => item?.Part("Leaflet")?["Text"]?["Text"]?.ToString();

    [Fact]
    public async Task A_published_correction_that_a_recipe_replaces_is_history_and_the_recipe_says_so()
    {
        var id = NewId();
        var step = Recipes.Content(Leaflet(id, "from the recipe"));
        await _recipes.RunAsync(step);
        await _recipes.PublishAsync(id, item => Write(item, "corrected"));

        var tried = await _recipes.TryAsync(step);
        tried.Steps[0].Notes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            note => note.ShouldStartWith($"“Title of {id}” (Leaflet {id}) was changed here since it was imported, last by tester on "),
            note => note.ShouldEndWith("the recipe's version becomes the live one, and what was here stays in the history."));
        TextOf(await _recipes.FindAsync(id, ContentStatus.Published)).ShouldBe("corrected");

        (await _recipes.RunAsync(step)).Changes.ShouldBe([$"Imported: Leaflet {id}"]);
        (await _recipes.VersionsAsync(id)).Select(version => (TextOf(version), version.Latest, version.Published)).ShouldBe(
            [("from the recipe", true, true), ("corrected", false, false), ("from the recipe", false, false)]);
        var again = await _recipes.RunAsync(step);
        again.Changes.ShouldBeEmpty();
        again.Steps[0].Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_recipe_brings_anew_is_a_new_version_and_not_called_edited()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")));
        (await _recipes.RunAsync(Recipes.Content(Leaflet(id, "second")))).Steps[0].Notes.ShouldBeEmpty();
        (await _recipes.VersionsAsync(id)).Select(TextOf).ShouldBe(["second", "first"]);
    }

    [Fact]
    public async Task A_draft_upon_what_the_recipe_brought_stays_while_the_recipe_says_nothing_new_and_then_is_history()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")));
        await _recipes.SaveDraftAsync(id, item => Write(item, "draft of an editor"));
        (await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")))).Changes.ShouldBeEmpty();
        TextOf(await _recipes.FindAsync(id, ContentStatus.Draft)).ShouldBe("draft of an editor");

        var report = await _recipes.RunAsync(Recipes.Content(Leaflet(id, "second")));
        report.Steps[0].Notes.ShouldHaveSingleItem().ShouldContain("was changed here");
        (await _recipes.VersionsAsync(id)).Select(version => (TextOf(version), version.Latest, version.Published)).ShouldBe(
            [("second", true, true), ("draft of an editor", false, false), ("first", false, false)]);
    }

    [Fact]
    public async Task What_the_recipe_leaves_out_stays_as_readers_see_it_and_no_draft_gets_out_with_it()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")));
        await _recipes.PublishAsync(id, item => item.GetOrAdd("Leaflet")["Note"] = new JsonObject { ["Text"] = "public" });
        await _recipes.SaveDraftAsync(id, item => item.GetOrAdd("Leaflet")["Note"] = new JsonObject { ["Text"] = "not yet" });
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "second")));
        (await _recipes.FindAsync(id, ContentStatus.Published))!.Part("Leaflet")!["Note"]!["Text"]!.ToString().ShouldBe("public");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_live_item_stays_live_where_a_recipe_has_a_draft_of_it(bool hasVersionId)
    {
        var id = NewId();
        var version = hasVersionId ? id + "-v1" : null;
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "live", version: version)));
        (await _recipes.RunAsync(Recipes.Content(Leaflet(id, "live", published: false, version: version)))).Changes.ShouldBeEmpty();
        var report = await _recipes.RunAsync(Recipes.Content(Leaflet(id, "next", published: false, version: version)));
        report.Steps[0].Notes.ShouldHaveSingleItem().ShouldContain("what readers see stays");
        TextOf(await _recipes.FindAsync(id, ContentStatus.Published)).ShouldBe("live");
        TextOf(await _recipes.FindAsync(id, ContentStatus.Draft)).ShouldBe("next");
        (await _recipes.RunAsync(Recipes.Content(Leaflet(id, "next", published: false, version: version)))).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_nobody_edited_here_is_merged_into_and_one_that_somebody_edited_stays_as_history()
    {
        var id = NewId();
        string Draft(string text) => Recipes.Content(Leaflet(id, text, published: false, version: id + "-v1"));
        await _recipes.RunAsync(Draft("first"));
        await _recipes.RunAsync(Draft("second"));
        (await _recipes.VersionsAsync(id)).ShouldHaveSingleItem().ContentItemVersionId.ShouldBe(id + "-v1");

        await _recipes.SaveDraftAsync(id, item => Write(item, "edited"));
        (await _recipes.RunAsync(Draft("third"))).Steps[0].Notes.ShouldHaveSingleItem().ShouldContain("the draft that was here stays in the history");
        (await _recipes.VersionsAsync(id)).Select(version => (TextOf(version), version.Latest, version.ContentItemVersionId == id + "-v1")).ShouldBe(
            [("third", true, false), ("edited", false, true)]);
        (await _recipes.RunAsync(Draft("third"))).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_is_history_here_stays_history_and_what_came_after_it_stays()
    {
        var id = NewId();
        var step = Recipes.Content(Leaflet(id, "first", version: id + "-v1"));
        await _recipes.RunAsync(step);
        await _recipes.PublishAsync(id, item => Write(item, "second"));
        var report = await _recipes.RunAsync(step);
        report.Changes.ShouldBeEmpty();
        report.Steps[0].Notes.ShouldHaveSingleItem().ShouldContain($"the version “{id}-v1” is history here");
        TextOf(await _recipes.FindAsync(id, ContentStatus.Published)).ShouldBe("second");
    }

    [Fact]
    public async Task A_deleted_item_stays_deleted_while_the_recipe_says_nothing_new_and_then_comes_back()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")));
        await _recipes.DeleteAsync(id);
        var same = await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")));
        same.Changes.ShouldBeEmpty();
        same.Steps[0].Notes.ShouldHaveSingleItem().ShouldContain("in the recycle bin");
        (await _recipes.FindAsync(id, ContentStatus.Latest)).ShouldBeNull();

        (await _recipes.RunAsync(Recipes.Content(Leaflet(id, "second")))).Steps[0].Notes.ShouldHaveSingleItem().ShouldContain("was deleted here");
        TextOf(await _recipes.FindAsync(id, ContentStatus.Published)).ShouldBe("second");
    }

    [Fact]
    public async Task A_live_version_and_a_draft_of_one_item_take_their_places_whichever_comes_first()
    {
        var (id, other) = (NewId(), NewId());
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "live", latest: false), Leaflet(id, "draft", published: false)));
        await _recipes.RunAsync(Recipes.Content(Leaflet(other, "draft", published: false), Leaflet(other, "live", latest: false)));
        foreach (var item in new[] { id, other })
        {
            TextOf(await _recipes.FindAsync(item, ContentStatus.Published)).ShouldBe("live");
            TextOf(await _recipes.FindAsync(item, ContentStatus.Latest)).ShouldBe("draft");
        }

        (await _recipes.RunAsync(Recipes.Content(Leaflet(id, "live", latest: false), Leaflet(id, "draft", published: false)))).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_live_version_without_a_draft_is_the_latest_one_whatever_the_file_says()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first", latest: false)));
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "second", latest: false)));
        TextOf(await _recipes.FindAsync(id, ContentStatus.Latest)).ShouldBe("second");
    }

    [Fact]
    public async Task An_item_that_a_step_gives_twice_in_one_place_is_refused_and_leniently_the_later_one_counts()
    {
        var id = NewId();
        var step = Recipes.Content(Leaflet(id, "one"), Leaflet(id, "two"));
        (await _recipes.RefusalAsync(step)).ShouldContain($"step 0 (content), $.data[1]: {id}: The item is $.data[0] too.");
        await _recipes.RunLenientlyAsync(step);
        TextOf((await _recipes.VersionsAsync(id)).ShouldHaveSingleItem()).ShouldBe("two");
        (await _recipes.RunLenientlyAsync(step)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_id_of_another_item_and_another_type_for_an_item_are_refused()
    {
        var (id, other) = (NewId(), NewId());
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "one", version: id + "-v1")));
        (await _recipes.RefusalAsync(Recipes.Content(Leaflet(other, "two", version: id + "-v1"))))
            .ShouldContain($"$.data[0].ContentItemVersionId: {other}: The version “{id}-v1” belongs to the item “{id}”");
        (await _recipes.RefusalAsync(Recipes.Content(Leaflet(id, "two").Replace("\"ContentType\":\"Leaflet\"", "\"ContentType\":\"Page\"", StringComparison.Ordinal))))
            .ShouldContain($"$.data[0].ContentType: {id}: The item is a Leaflet here and a Page in the recipe");
        var left = await _recipes.RunLenientlyAsync(Recipes.Content(Leaflet(other, "two", version: id + "-v1")));
        left.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_item_that_nobody_would_see_is_refused()
    {
        var id = NewId();
        var step = Recipes.Content(Leaflet(id, "nowhere", published: false, latest: false));
        (await _recipes.RefusalAsync(step)).ShouldContain($"$.data[0]: {id}: The item is neither Latest nor Published");
        (await _recipes.RunLenientlyAsync(step)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_draft_that_waits_for_its_time_stays_while_the_recipe_says_nothing_new()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "live")));
        await _recipes.SaveDraftAsync(id, item =>
        {
            Write(item, "later");
            item.GetOrAdd("PublishLaterPart")["ScheduledPublishUtc"] = "2090-01-01T00:00:00Z";
        });
        (await _recipes.RunAsync(Recipes.Content(Leaflet(id, "live")))).Changes.ShouldBeEmpty();
        (await _recipes.FindAsync(id, ContentStatus.Draft))!.Part("PublishLaterPart")!["ScheduledPublishUtc"]!.ToString().ShouldBe("2090-01-01T00:00:00Z");

        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "new")));
        (await _recipes.FindAsync(id, ContentStatus.Draft)).ShouldBeNull();
        (await _recipes.FindAsync(id, ContentStatus.Published))!.Part("PublishLaterPart")?["ScheduledPublishUtc"].ShouldBeNull();
    }

    [Fact]
    public async Task An_import_takes_the_revision_that_it_saw()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")));
        var given = ContentItemJson.Read(JsonNode.Parse(Leaflet(id, "second"))!.AsObject());
        await _recipes.AskAsync(async services =>
        {
            var import = services.GetRequiredService<Import>();
            var plan = await import.PlanAsync(given, 0, Cancel);
            await _recipes.SaveDraftAsync(id, item => Write(item, "meanwhile"));
            await Should.ThrowAsync<ContentConflictException>(() => import.ApplyAsync(plan, Cancel));
            return true;
        });
        TextOf(await _recipes.FindAsync(id, ContentStatus.Latest)).ShouldBe("meanwhile");
    }

    [Fact]
    public async Task An_editor_whose_form_is_open_meets_a_conflict_and_not_the_loss_of_either_text()
    {
        var id = NewId();
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "first")));
        using var editor = await SignedIn.AdministratorAsync(site, Cancel);
        var address = $"/Admin/Contents/ContentItems/{id}/Edit";
        var form = await editor.GetStringAsync(address, Cancel);
        await _recipes.RunAsync(Recipes.Content(Leaflet(id, "from the recipe")));
        using var typed = new FormUrlEncodedContent(
            SignedIn.Hidden(form).Where(field => field.Key is not "command").Append(new("TitlePart.Title", "Mine")).Append(new("Leaflet.Text.Text", "typed")).Append(new("command", "publish")));
        using var answer = await editor.PostAsync(address, typed, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("value=\"typed\"");
        TextOf(await _recipes.FindAsync(id, ContentStatus.Published)).ShouldBe("from the recipe");
    }

    [Fact]
    public async Task A_recipe_that_moves_an_item_leaves_a_redirect()
    {
        var id = NewId();
        string At(string path) => Recipes.Content(JsonNode.Parse(Leaflet(id, path))!.AsObject() is var json && (json["AutoroutePart"] = new JsonObject { ["Path"] = path }) is not null ? json.ToJsonString() : "");
        await _recipes.RunAsync(At($"{id}/old"));
        await _recipes.RunAsync(At($"{id}/new"));
        using var client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri($"/{id}/old", UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        answer.Headers.Location!.ToString().ShouldBe($"/{id}/new");
    }
}
