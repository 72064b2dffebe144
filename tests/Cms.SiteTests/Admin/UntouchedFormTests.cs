using System.Net;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Admin;

/// <summary>Whoever opens an item and saves it without touching anything changes nothing of it, whatever it holds.</summary>
public abstract class UntouchedFormTests(Site site)
{
    /// <summary>Items of one type differ little in shape; some of each are enough.</summary>
    private const int OfEachType = 3;

    /// <summary>What the site says about a save.</summary>
    private static readonly string[] Stamps =
        [nameof(ContentItem.ContentItemVersionId), nameof(ContentItem.ModifiedUtc), nameof(ContentItem.PublishedUtc), nameof(ContentItem.Author), nameof(ContentItem.Latest), nameof(ContentItem.Published)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Site OfTest => site;

    [Fact]
    public async Task An_untouched_form_changes_no_byte_of_an_item_of_any_type()
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        var found = await ItemsAsync();
        var changed = new List<string>();
        foreach (var item in found) changed.AddRange(await SaveUntouchedAsync(client, item));
        changed.ShouldBeEmpty();
        found.Count.ShouldBeGreaterThan(5);
    }

    protected async Task<IEnumerable<string>> SaveUntouchedAsync(HttpClient client, ContentItem item)
    {
        var path = $"/Admin/Contents/ContentItems/{item.ContentItemId}/Edit";
        var form = BrowserForm.Of(await client.GetStringAsync(path, Cancel));
        using var answer = await client.PostAsync(path, form.Press(item.Published ? "publish" : "draft"), Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        if (answer.StatusCode != HttpStatusCode.Redirect) return [$"{item.ContentType} {item.ContentItemId}: {(int)answer.StatusCode} {Problems(page)}"];
        var saved = (await FindAsync(item.ContentItemId))!;

        // An item without an address or alias gets one as soon as somebody saves it.
        foreach (var generated in new[] { "AutoroutePart", "AliasPart" }.Where(part => item.Part(part) is null)) saved.Content.Remove(generated);
        var (before, after) = (Lines(item), Lines(saved));
        return before == after ? [] : [$"{item.ContentType} {item.ContentItemId}\n  was {before}\n  is  {after}"];
    }

    protected async Task<ContentItem?> FindAsync(string id)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync(id, ContentStatus.Latest, Cancel);
    }

    private async Task<List<ContentItem>> ItemsAsync()
    {
        await using var scope = site.NewScope();
        var query = new ContentQuery { Status = ContentStatus.Latest, Take = 10_000 };
        var items = await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(query, Cancel);
        return [.. items.GroupBy(item => item.ContentType).SelectMany(type => type.Take(OfEachType))];
    }

    private static string Lines(ContentItem item)
    {
        var json = ContentItemJson.Write(item);
        foreach (var stamp in Stamps) json.Remove(stamp);
        return json.ToJsonString();
    }

    private static string Problems(string page) =>
        string.Join(" ", new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page).QuerySelectorAll(".problem").Select(problem => problem.TextContent.Trim()));
}

public sealed class OrganisationUntouchedFormTests(OrganisationUntouchedFormTests.OrganisationSite site)
    : UntouchedFormTests(site), IClassFixture<OrganisationUntouchedFormTests.OrganisationSite>
{
    public sealed class OrganisationSite : Site;
}

public sealed class SqliteEverythingUntouchedFormTests(EverythingSite site) : EverythingUntouchedFormTests(site), IClassFixture<EverythingSite>;

public sealed class PostgresEverythingUntouchedFormTests(PostgresEverythingSite site) : EverythingUntouchedFormTests(site.OrSkip()), IClassFixture<PostgresEverythingSite>;

public abstract class EverythingUntouchedFormTests(EverythingSite site) : UntouchedFormTests(site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Values that an input holds otherwise than they are stored, or not at all.</summary>
    private const string Awkward = """
        { "name": "Awkward", "steps": [
          { "name": "ContentDefinition",
            "ContentTypes": [ { "Name": "Odd", "DisplayName": "Odd", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Versionable": true } }, "ContentTypePartDefinitionRecords": [
                { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} },
                { "PartName": "HtmlBodyPart", "Name": "HtmlBodyPart", "Settings": {} },
                { "PartName": "MarkdownBodyPart", "Name": "MarkdownBodyPart", "Settings": {} },
                { "PartName": "BagPart", "Name": "Bag", "Settings": { "BagPartSettings": { "ContainedContentTypes": [ "Inner" ] } } },
                { "PartName": "Odd", "Name": "Odd", "Settings": {} } ] },
              { "Name": "Inner", "DisplayName": "Inner", "Settings": {}, "ContentTypePartDefinitionRecords": [ { "PartName": "Odd", "Name": "Odd", "Settings": {} } ] } ],
            "ContentParts": [ { "Name": "Odd", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                { "FieldName": "TextField", "Name": "Line", "Settings": {} },
                { "FieldName": "TextField", "Name": "Area", "Settings": { "ContentPartFieldSettings": { "Editor": "TextArea" } } },
                { "FieldName": "TextField", "Name": "Mail", "Settings": { "ContentPartFieldSettings": { "Editor": "Email" } } },
                { "FieldName": "TextField", "Name": "Empty", "Settings": {} },
                { "FieldName": "TextField", "Name": "Missing", "Settings": {} },
                { "FieldName": "NumericField", "Name": "Number", "Settings": { "NumericFieldSettings": { "Scale": 4 } } },
                { "FieldName": "NumericField", "Name": "Written", "Settings": { "NumericFieldSettings": { "Scale": 4 } } },
                { "FieldName": "BooleanField", "Name": "Yes", "Settings": {} },
                { "FieldName": "BooleanField", "Name": "No", "Settings": {} },
                { "FieldName": "BooleanField", "Name": "Unsaid", "Settings": { "BooleanFieldSettings": { "DefaultValue": true } } },
                { "FieldName": "DateField", "Name": "Day", "Settings": {} },
                { "FieldName": "DateTimeField", "Name": "Moment", "Settings": {} },
                { "FieldName": "DateTimeField", "Name": "Fraction", "Settings": {} },
                { "FieldName": "DateTimeField", "Name": "Twice", "Settings": {} },
                { "FieldName": "TimeField", "Name": "Clock", "Settings": {} },
                { "FieldName": "MultiTextField", "Name": "Several", "Settings": { "MultiTextFieldSettings": { "Options": [ { "Name": "A", "Value": "a" }, { "Name": "B", "Value": "b" }, { "Name": "C", "Value": "c" } ] } } },
                { "FieldName": "MultiTextField", "Name": "Free", "Settings": {} },
                { "FieldName": "ContentPickerField", "Name": "Picks", "Settings": { "ContentPickerFieldSettings": { "Multiple": true, "DisplayedContentTypes": [ "Odd" ] } } },
                { "FieldName": "LocalizationSetContentPickerField", "Name": "Sets", "Settings": { "LocalizationSetContentPickerFieldSettings": { "Multiple": true } } },
                { "FieldName": "UserPickerField", "Name": "People", "Settings": { "UserPickerFieldSettings": { "Multiple": true, "DisplayAllUsers": true } } },
                { "FieldName": "TaxonomyField", "Name": "Terms", "Settings": { "TaxonomyFieldSettings": { "TaxonomyContentItemId": "odd-terms" } } },
                { "FieldName": "LinkField", "Name": "Link", "Settings": { "LinkFieldSettings": { "LinkTextMode": "Static", "DefaultText": "Another text" } } },
                { "FieldName": "YoutubeField", "Name": "Video", "Settings": {} },
                { "FieldName": "GeoPointField", "Name": "Spot", "Settings": {} },
                { "FieldName": "MediaField", "Name": "Files", "Settings": { "MediaFieldSettings": { "AllowAnchors": true } } },
                { "FieldName": "HtmlField", "Name": "Body", "Settings": {} },
                { "FieldName": "UnknownField", "Name": "Foreign", "Settings": {} } ] } ] },
          { "name": "content", "data": [ {{ITEM}},
            { "ContentItemId": "odd-terms", "ContentItemVersionId": "odd-terms-1", "ContentType": "Taxonomy", "DisplayText": "Odd terms", "Latest": true, "Published": true, "TitlePart": { "Title": "Odd terms" }, "AliasPart": { "Alias": "odd-terms" },
              "TaxonomyPart": { "TermContentType": "Topic", "Terms": [
                { "ContentItemId": "t1", "ContentType": "Topic", "DisplayText": "One", "TitlePart": { "Title": "One" } }, { "ContentItemId": "t2", "ContentType": "Topic", "DisplayText": "Two", "TitlePart": { "Title": "Two" } } ] } },
            { "ContentItemId": "odd-a", "ContentItemVersionId": "odd-a-1", "ContentType": "Odd", "DisplayText": "A", "Latest": true, "Published": true, "TitlePart": { "Title": "A" } },
            { "ContentItemId": "odd-b", "ContentItemVersionId": "odd-b-1", "ContentType": "Odd", "DisplayText": "B", "Latest": true, "Published": true, "TitlePart": { "Title": "B" } } ] } ] }
        """;

    private const string Values = """
        "Line": { "Text": " two\nlines\r\nand spaces  ", "Extra": [1, 1.50, null, {"x": "\u2028"}] }, "Area": { "Text": "\n\nfirst\r\nsecond\rthird\n \n" }, "Mail": { "Text": " a@b.example " },
        "Empty": { "Text": "" }, "Number": { "Value": 1.50 }, "Written": { "Value": "1e2" }, "Yes": { "Value": "True" }, "No": { "Value": false }, "Unsaid": {},
        "Day": { "Value": "2026-01-31T00:00:00" }, "Moment": { "Value": "2026-07-01T10:20:45Z" }, "Fraction": { "Value": "2026-07-01T10:20:45.1234567Z" }, "Twice": { "Value": "2026-10-25T01:30:00Z" },
        "Clock": { "Value": "13:30:15.5" }, "Several": { "Values": [ "c", "a" ] }, "Free": { "Values": [ " spaced ", "two\nlines", "", "b" ] },
        "Picks": { "ContentItemIds": [ "odd-b", "gone", "odd-a" ] }, "Sets": { "LocalizationSets": [ "set-2", "set-1" ] }, "People": { "UserIds": [ "user-z", "user-a" ], "UserNames": [ "z", "a" ] },
        "Terms": { "TaxonomyContentItemId": "odd-terms", "TermContentItemIds": [ "t2", "t1" ], "TagNames": [ "Two", "One" ] }, "Link": { "Url": "https://a.example/", "Text": "Kept", "Target": "_top" },
        "Video": { "RawAddress": "https://youtu.be/abc", "EmbeddedAddress": "https://www.youtube.com/embed/abc" }, "Spot": { "Latitude": 42.660, "Longitude": 21.1700 },
        "Files": { "Paths": [ "b.png", "", "a.png" ], "MediaTexts": [ "b", "x", "a", "more" ], "Anchors": [ { "X": 0.50, "Y": 0.5, "Z": 1 }, null ], "Other": { "kept": true } },
        "Body": { "Html": "\n<p>one</p>\r\n<o:p>kept</o:p> <script>x()</script>  \n" }, "Foreign": { "any": [ 1.0, "two" ] }
        """;

    private static string Item => $$"""
        { "ContentItemId": "odd", "ContentItemVersionId": "odd-1", "ContentType": "Odd", "DisplayText": "Odd", "Latest": true, "Published": true, "CreatedUtc": "2026-01-01T00:00:00Z", "Owner": "user-vesa",
          "ForeignPart": { "a": [ 1.10 ] }, "TitlePart": { "Title": "Odd", "Other": 1 }, "HtmlBodyPart": { "Html": "<p onclick=\"x()\">raw</p>\r\n" }, "MarkdownBodyPart": { "Markdown": "\ttext  \r\n\r\n" },
          "Odd": { {{Values}} },
          "Bag": { "ContentItems": [
             { "ContentType": "Inner", "Scalar": 1.0, "Odd": { {{Values}} } }, { "ContentType": "Inner", "Odd": { "Line": { "Text": "without an id too" } } },
             { "ContentItemId": "i3", "ContentType": "Inner", "Published": false, "Odd": { "Line": { "Text": "with an id" } } } ] } }
        """;

    [Fact]
    public async Task An_untouched_form_keeps_what_inputs_cannot_hold()
    {
        await RunAsync();
        using var client = await SignedIn.AdministratorAsync(OfTest, Cancel);
        var before = (await FindAsync("odd"))!;
        (await SaveUntouchedAsync(client, before)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_touched_value_changes_alone()
    {
        await RunAsync();
        using var client = await SignedIn.AdministratorAsync(OfTest, Cancel);
        var before = (await FindAsync("odd"))!;
        const string path = "/Admin/Contents/ContentItems/odd/Edit";
        var form = BrowserForm.Of(await client.GetStringAsync(path, Cancel)).With("Odd.Empty.Text", "now").With("Bag[1].Odd.Line.Text", "changed");
        using var answer = await client.PostAsync(path, form.Press("publish"), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(Cancel));
        before.Content["Odd"]!["Empty"]!["Text"] = "now";
        before.Content["Bag"]!["ContentItems"]![1]!["Odd"]!["Line"]!["Text"] = "changed";
        (await FindAsync("odd"))!.Content.ToJsonString().ShouldBe(before.Content.ToJsonString());
    }

    [Fact]
    public async Task Boxes_keep_the_order_of_what_stays_ticked()
    {
        await RunAsync();
        using var client = await SignedIn.AdministratorAsync(OfTest, Cancel);
        const string path = "/Admin/Contents/ContentItems/odd/Edit";
        var form = BrowserForm.Of(await client.GetStringAsync(path, Cancel)).With("Odd.Several.Values", "a", "b", "c");
        using var answer = await client.PostAsync(path, form.Press("publish"), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(Cancel));
        (await FindAsync("odd"))!.Content["Odd"]!["Several"]!.ToJsonString().ShouldBe("""{"Values":["c","a","b"]}""");
    }

    private async Task RunAsync()
    {
        await using (var clear = OfTest.NewScope())
        {
            if (await clear.ServiceProvider.GetRequiredService<IContentStore>().FindAsync("odd", ContentStatus.Latest, Cancel) is { } known)
                await clear.ServiceProvider.GetRequiredService<Core.Content.Actions.Delete>().ExecuteAsync("odd", known.Revision, Cancel);
        }

        var folder = Directory.CreateTempSubdirectory("awkward").FullName;
        var file = Path.Combine(folder, "awkward.recipe.json");
        await File.WriteAllTextAsync(file, Awkward.Replace("{{ITEM}}", Item.Replace("odd-1", "odd-" + Guid.NewGuid().ToString("n")[..8], StringComparison.Ordinal), StringComparison.Ordinal), Cancel);
        using StringWriter output = new(), errors = new();
        (await RecipeCommand.RunAsync(OfTest.Services, ["recipe", "run", file, "--lenient"], output, errors, Cancel)).ShouldBe(0, errors.ToString());
    }
}
