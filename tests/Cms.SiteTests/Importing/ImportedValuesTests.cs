using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.SiteTests.Importing;

public sealed class SqliteImportedValuesTests(Site site) : ImportedValuesTests(site);

public sealed class PostgresImportedValuesTests(PostgresSite site) : ImportedValuesTests(site.OrSkip());

/// <summary>What recipes leave out is completed and checked as on any other save; what they say is stored as they say it.</summary>
public abstract class ImportedValuesTests(Site site) : IAsyncLifetime
{
    private const string Definition = """
        { "name": "ContentDefinition",
          "ContentTypes": [
            { "Name": "Dossier", "DisplayName": "Dossier", "ContentTypePartDefinitionRecords": [
              { "PartName": "TitlePart", "Settings": { "TitlePartSettings": { "Options": "EditableRequired" } } },
              { "PartName": "AutoroutePart", "Settings": { "AutoroutePartSettings": { "Pattern": "dossiers/{{ ContentItem.DisplayText | slugify }}" } } },
              { "PartName": "AliasPart", "Settings": { "AliasPartSettings": { "Pattern": "dossier-{{ ContentItem.DisplayText | slugify }}" } } },
              { "PartName": "LocalizationPart" }, { "PartName": "Dossier" } ] },
            { "Name": "Minutes", "DisplayName": "Minutes", "ContentTypePartDefinitionRecords": [
              { "PartName": "TitlePart", "Settings": { "TitlePartSettings": { "Options": "GeneratedDisabled", "Pattern": "Minutes of {{ ContentItem.Content.Minutes.Body.Text }}" } } }, { "PartName": "Minutes" } ] },
            { "Name": "Tagged", "DisplayName": "Tagged", "ContentTypePartDefinitionRecords": [ { "PartName": "Tagged" } ] } ],
          "ContentParts": [
            { "Name": "Dossier", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Keeper", "Settings": { "TextFieldSettings": { "Required": true } } } ] },
            { "Name": "Minutes", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Body" } ] },
            { "Name": "Tagged", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TaxonomyField", "Name": "Subject", "Settings": { "TaxonomyFieldSettings": { "TaxonomyContentItemId": "import-subjects" } } } ] } ] }
        """;

    private readonly Recipes _recipes = new(site);

    public async ValueTask InitializeAsync() => await _recipes.RunAsync(Definition);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static string NewId() => "given-" + ContentId.New()[..14];

    private static string Item(string id, string type, string members, bool published = true) =>
        $$"""{ "ContentItemId": "{{id}}", "ContentType": "{{type}}", "Latest": true, "Published": {{(published ? "true" : "false")}}, {{members}} }""";

    [Fact]
    public async Task An_item_with_only_a_title_gets_address_alias_display_text_language_and_set()
    {
        var id = NewId();
        var step = Recipes.Content(Item(id, "Dossier", $$"""
            "TitlePart": { "Title": "File {{id}}" }, "Dossier": { "Keeper": { "Text": "Vesa" } }
            """));
        await _recipes.RunAsync(step);
        var item = (await _recipes.FindAsync(id, ContentStatus.Published)).ShouldNotBeNull();
        item.DisplayText.ShouldBe($"File {id}");
        item.Part("AutoroutePart")!["Path"]!.ToString().ShouldBe($"dossiers/file-{id}");
        item.Part("AliasPart")!["Alias"]!.ToString().ShouldBe($"dossier-file-{id}");
        item.Culture.ShouldBe("en");
        item.LocalizationSet.ShouldNotBeNullOrEmpty();
        (item.Owner, item.Author).ShouldBe(("4tester", "tester"));
        (await _recipes.RunAsync(step)).Changes.ShouldBeEmpty();
        (await _recipes.FindAsync(id, ContentStatus.Published))!.LocalizationSet.ShouldBe(item.LocalizationSet);
    }

    [Fact]
    public async Task Two_items_with_one_title_get_two_addresses()
    {
        var (first, second) = (NewId(), NewId());
        string Same(string id) => Item(id, "Dossier", $$"""
            "TitlePart": { "Title": "Twin {{first}}" }, "Dossier": { "Keeper": { "Text": "Vesa" } }
            """);
        await _recipes.RunAsync(Recipes.Content(Same(first), Same(second)));
        (await _recipes.FindAsync(second, ContentStatus.Published))!.Part("AutoroutePart")!["Path"]!.ToString().ShouldBe($"dossiers/twin-{first}-1");
    }

    [Fact]
    public async Task A_title_is_made_from_its_pattern_again_when_the_recipe_changes_what_it_is_made_of()
    {
        var id = NewId();
        string About(string body) => Recipes.Content(Item(id, "Minutes", $$"""
            "Minutes": { "Body": { "Text": "{{body}}" } }
            """));
        await _recipes.RunAsync(About("May"));
        (await _recipes.FindAsync(id, ContentStatus.Published))!.DisplayText.ShouldBe("Minutes of May");
        await _recipes.RunAsync(About("June"));
        (await _recipes.FindAsync(id, ContentStatus.Published))!.DisplayText.ShouldBe("Minutes of June");
    }

    [Fact]
    public async Task What_the_recipe_says_is_stored_as_it_says_it_unknown_parts_and_order_included()
    {
        var id = NewId();
        var given = $$"""
            { "ContentItemId": "{{id}}", "ContentItemVersionId": "{{id}}-v1", "ContentType": "Dossier", "DisplayText": "Other than the title", "Latest": true, "Published": true,
              "ModifiedUtc": "2020-01-02T03:04:05Z", "PublishedUtc": "2020-01-02T03:04:05Z", "CreatedUtc": "2019-01-02T03:04:05Z", "Owner": "user-foreign", "Author": "foreign",
              "ForeignPart": { "Deep": [ { "b": 1.50, "a": null } ], "Empty": "" }, "Dossier": { "Keeper": { "Text": "Vesa", "Foreign": { "x": [] } } },
              "LocalizationPart": { "LocalizationSet": "set-{{id}}", "Culture": "sq" }, "AliasPart": { "Alias": "alias-{{id}}" },
              "AutoroutePart": { "Path": "own/{{id}}", "Absolute": false }, "TitlePart": { "Title": "Title" }, "List": [ 3, 1, 2 ] }
            """;
        await _recipes.RunAsync(Recipes.Content(given));
        var stored = (await _recipes.FindAsync(id, ContentStatus.Published)).ShouldNotBeNull();
        ContentItemJson.Write(stored).ToJsonString().ShouldBe(JsonNode.Parse(given)!.ToJsonString());
    }

    [Fact]
    public async Task A_required_field_that_is_missing_is_an_error_with_file_step_item_and_field_and_a_draft_may_lack_it()
    {
        var id = NewId();
        var members = """
            "TitlePart": { "Title": "Incomplete" }
            """;
        (await _recipes.RefusalAsync(Recipes.Content(Item(id, "Dossier", members)))).ShouldBe(
            $"test.recipe.json, step 0 (content), $.data[0].Dossier.Keeper: {id}: Keeper is required.");
        await _recipes.RunAsync(Recipes.Content(Item(id, "Dossier", members, published: false)));
        (await _recipes.FindAsync(id, ContentStatus.Draft)).ShouldNotBeNull();
        var other = NewId();
        (await _recipes.RunLenientlyAsync(Recipes.Content(Item(other, "Dossier", members)))).Steps[0].Notes.ShouldBe([$"$.data[0].Dossier.Keeper: {other}: Keeper is required."]);
        (await _recipes.FindAsync(other, ContentStatus.Published)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_address_of_another_item_is_refused_with_its_place()
    {
        var (id, other) = (NewId(), NewId());
        string At(string item) => Item(item, "Dossier", $$"""
            "TitlePart": { "Title": "One" }, "AutoroutePart": { "Path": "taken/{{id}}" }, "AliasPart": { "Alias": "a-{{item}}" }, "Dossier": { "Keeper": { "Text": "Vesa" } }
            """);
        (await _recipes.RefusalAsync(Recipes.Content(At(id), At(other)))).ShouldContain($"$.data[1].AutoroutePart.Path: {other}: Another item already has “taken/{id}”");
    }

    [Fact]
    public async Task A_term_may_come_after_the_item_that_has_it_and_one_that_never_comes_is_refused()
    {
        var id = NewId();
        string Tagged(string term) => Item(id, "Tagged", $$"""
            "DisplayText": "Tagged", "Tagged": { "Subject": { "TermContentItemIds": [ "{{term}}" ] } }
            """);
        const string Taxonomy = """
            { "ContentItemId": "import-subjects", "ContentType": "Taxonomy", "DisplayText": "Subjects", "Latest": true, "Published": true, "TitlePart": { "Title": "Subjects" }, "AliasPart": { "Alias": "import-subjects" },
              "TaxonomyPart": { "TermContentType": "Tagged", "Terms": [ { "ContentItemId": "import-water", "ContentType": "Tagged", "DisplayText": "Water" } ] } }
            """;
        const string Feature = """{ "name": "feature", "enable": [ "OrchardCore.Taxonomies" ] }""";
        await _recipes.RunAsync(Feature, Recipes.Content(Tagged("import-water"), Taxonomy));
        var subject = (await _recipes.FindAsync(id, ContentStatus.Published))!.Part("Tagged")!["Subject"]!;
        subject["TaxonomyContentItemId"]!.ToString().ShouldBe("import-subjects");
        (await _recipes.RefusalAsync(Feature, Recipes.Content(Tagged("import-fire")))).ShouldContain("The term “import-fire” is not in the taxonomy");
        (await _recipes.RunAsync(Feature, Recipes.Content(Tagged("import-water"), Taxonomy))).Changes.ShouldBeEmpty();
    }
}
