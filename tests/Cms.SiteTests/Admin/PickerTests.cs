using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;

namespace Cms.SiteTests.Admin;

/// <summary>Members with many choices, edited by forms without script and by the endpoint that the script asks.</summary>
public abstract class PickerTests(PickerTests.PickerSite site)
{
    private const int Projects = 620;

    private const string Create = "/Admin/Contents/ContentTypes/Report/Create";

    private const string Picks = "Report.Projects.ContentItemIds";

    private const string Password = "Correct-Horse-9-Author";

    private static readonly string Source = "/Admin/Pickers?form=Report&type=Report&member=" + Picks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_choice_is_reached_by_its_name_and_by_turning_pages()
    {
        using var client = await SignedIn.AdministratorAsync(site.Site, Cancel);
        var page = await ShowAsync(client, await client.GetStringAsync(Create, Cancel), $"picker-find:{Picks}:1", ("picker-text:" + Picks, "Project 0617"));
        ChoicesOf(page).ShouldBe(["project-0617"]);
        page.ShouldContain("value=\"Project 0617\"");

        var found = new List<string>();
        for (var number = 1; ; number++)
        {
            var answer = JsonNode.Parse(await client.GetStringAsync($"{Source}&page={number}", Cancel))!;
            found.AddRange(answer["choices"]!.AsArray().Select(choice => choice!["value"]!.ToString()));
            if (!answer["hasMore"]!.GetValue<bool>()) break;
        }

        found.ShouldBe(Enumerable.Range(0, Projects).Select(IdOf));
    }

    [Fact]
    public async Task Chosen_items_are_added_moved_and_removed_without_script_and_what_was_typed_stays()
    {
        using var client = await SignedIn.AdministratorAsync(site.Site, Cancel);
        var page = await client.GetStringAsync(Create, Cancel);
        foreach (var id in new[] { 3, 600, 7 }) page = await ShowAsync(client, page, $"picker-add:{Picks}:{IdOf(id)}", ("TitlePart.Title", "Typed before"));
        page = await ShowAsync(client, page, $"picker-up:{Picks}:2");
        page = await ShowAsync(client, page, $"picker-down:{Picks}:0");
        page = await ShowAsync(client, page, $"picker-remove:{Picks}:2");
        BrowserForm.Of(page)["TitlePart.Title"].ShouldBe(["Typed before"]);
        page.ShouldContain(">Project 0003</span>");
        using var saved = await client.PostAsync(Create, BrowserForm.Of(page).Press("draft"), Cancel);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync(Cancel));
        BrowserForm.Of(await client.GetStringAsync(saved.Headers.Location!.ToString(), Cancel))[Picks].ShouldBe([IdOf(7), IdOf(3)]);
    }

    [Fact]
    public async Task A_member_that_takes_one_is_replaced()
    {
        using var client = await SignedIn.AdministratorAsync(site.Site, Cancel);
        const string lead = "Report.Lead.ContentItemIds";
        var page = await ShowAsync(client, await client.GetStringAsync(Create, Cancel), $"picker-add:{lead}:{IdOf(1)}");
        page = await ShowAsync(client, page, $"picker-add:{lead}:{IdOf(2)}");
        BrowserForm.Of(page)[lead].ShouldBe([IdOf(2)]);
    }

    [Theory]
    [InlineData("Report.Words.TermContentItemIds", "Word 0059", "word-0059")]
    [InlineData("Report.People.UserIds", "writer", "user-writer")]
    [InlineData("Report.Sets.LocalizationSets", "Faqja e dytë", "set-page")]
    public async Task Terms_users_and_translations_are_found_by_name(string member, string text, string expected)
    {
        using var client = await SignedIn.AdministratorAsync(site.Site, Cancel);
        var page = await ShowAsync(client, await client.GetStringAsync(Create, Cancel), $"picker-find:{member}:1", ("picker-text:" + member, text));
        ChoicesOf(page).ShouldBe([expected]);
        var answer = await client.GetStringAsync($"/Admin/Pickers?form=Report&type=Report&member={member}&q={Uri.EscapeDataString(text)}", Cancel);
        JsonNode.Parse(answer)!["choices"]![0]!["value"]!.ToString().ShouldBe(expected);
    }

    [Fact]
    public async Task Only_what_the_user_may_view_and_edit_is_offered()
    {
        using var author = await SignedIn.AsAsync(site.Site, "writer", Password, Cancel);
        var answer = JsonNode.Parse(await author.GetStringAsync(Source + "&q=Project", Cancel))!;
        answer["choices"]!.AsArray().Select(choice => choice!["value"]!.ToString()).ShouldBe([IdOf(5)]);
        (await author.GetAsync("/Admin/Pickers?form=Project&type=Project&member=Project.Members.UserIds", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await author.GetAsync("/Admin/Pickers?form=Report&type=Project&member=Project.Members.UserIds", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await author.GetAsync("/Admin/Pickers?form=Report&type=Report&member=Report.Nothing", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await author.GetAsync("/Admin/Pickers?form=Report&type=Note&member=Note.About.ContentItemIds&q=Project", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var stranger = site.Site.CreateClient(new() { AllowAutoRedirect = false });
        (await stranger.GetAsync(Source, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("picker-add:")]
    [InlineData("picker-add:Report.Projects.ContentItemIds")]
    [InlineData("picker-remove:Report.Projects.ContentItemIds:99999999999")]
    [InlineData("picker-up:TitlePart.Title:0")]
    [InlineData("picker-down:Notes[7].Note.About.ContentItemIds:1")]
    [InlineData("picker-find:Report.Projects.ContentItemIds:-1")]
    [InlineData("picker-sideways:..:x")]
    public async Task A_command_that_no_button_sends_changes_nothing(string command)
    {
        using var client = await SignedIn.AdministratorAsync(site.Site, Cancel);
        var page = await client.GetStringAsync(Create, Cancel);
        var after = await ShowAsync(client, page, command, ("TitlePart.Title", "Stays"));
        BrowserForm.Of(after)["TitlePart.Title"].ShouldBe(["Stays"]);
        BrowserForm.Of(after)[Picks].ShouldBeEmpty();
    }

    private static async Task<string> ShowAsync(HttpClient client, string page, string command, params (string Name, string Value)[] typed)
    {
        var form = BrowserForm.Of(page);
        foreach (var (name, value) in typed) form.With(name, value);
        using var answer = await client.PostAsync(Create, form.Press(command), Cancel);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        return html;
    }

    private static IEnumerable<string> ChoicesOf(string page) => new HtmlParser().ParseDocument(page).QuerySelectorAll(".picker-results li button")
        .Select(button => button.GetAttribute("value")!.Split(':')[^1]);

    private static string IdOf(int number) => $"project-{number:0000}";

    /// <summary>A site with many projects, terms and accounts, and somebody who sees one project only.</summary>
    public abstract class PickerSite : IAsyncLifetime
    {
        public SmallSite Site { get; private set; } = null!;

        protected virtual PostgresDatabase? NewDatabase() => null;

        protected virtual bool IsSkipped => false;

        public async ValueTask InitializeAsync()
        {
            if (IsSkipped) return;
            Site = new SmallSite(Steps()) { Database = NewDatabase() };
            await Site.InitializeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            if (Site is not null) await Site.DisposeAsync();
            GC.SuppressFinalize(this);
            Site?.Database?.Dispose();
        }

        private static string Steps()
        {
            static string Type(string name, string parts) =>
                $$"""{ "Name": "{{name}}", "DisplayName": "{{name}}", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [ {{parts}} ] }""";
            static string Part(string name) => $$"""{ "PartName": "{{name}}", "Name": "{{name}}", "Settings": {} }""";
            static string Field(string kind, string name, string settings) => $$"""{ "FieldName": "{{kind}}", "Name": "{{name}}", "Settings": { "{{kind}}Settings": {{settings}} } }""";
            static string Item(string id, string type, string title, string more = "") =>
                $$"""{ "ContentItemId": "{{id}}", "ContentItemVersionId": "{{id}}-1", "ContentType": "{{type}}", "DisplayText": "{{title}}", "Latest": true, "Published": true, "Owner": "{{(id == IdOf(5) ? "user-writer" : "user-other")}}", "TitlePart": { "Title": "{{title}}" } {{more}} }""";
            var projects = Enumerable.Range(0, Projects).Select(number => Item(IdOf(number), "Project", $"Project {number:0000}"));
            var words = Enumerable.Range(0, 60).Select(number => Item($"word-{number:0000}", "Word", $"Word {number:0000}"));
            return $$"""
                { "name": "ContentDefinition", "ContentTypes": [
                    {{Type("Project", $"{Part("TitlePart")}, {Part("Project")}")}}, {{Type("Word", Part("TitlePart"))}}, {{Type("Taxonomy", $"{Part("TitlePart")}, {Part("TaxonomyPart")}")}},
                    {{Type("Page", $"{Part("TitlePart")}, {Part("LocalizationPart")}")}}, {{Type("Note", Part("Note"))}},
                    {{Type("Report", $$"""{{Part("TitlePart")}}, {{Part("Report")}}, { "PartName": "BagPart", "Name": "Notes", "Settings": { "BagPartSettings": { "ContainedContentTypes": [ "Note" ] } } }""")}} ],
                  "ContentParts": [
                    { "Name": "Project", "Settings": {}, "ContentPartFieldDefinitionRecords": [ {{Field("UserPickerField", "Members", """{ "Multiple": true, "DisplayAllUsers": true }""")}} ] },
                    { "Name": "Note", "Settings": {}, "ContentPartFieldDefinitionRecords": [ {{Field("ContentPickerField", "About", """{ "Multiple": true, "DisplayedContentTypes": [ "Project" ] }""")}} ] },
                    { "Name": "Report", "Settings": {}, "ContentPartFieldDefinitionRecords": [
                        {{Field("ContentPickerField", "Projects", """{ "Multiple": true, "DisplayedContentTypes": [ "Project" ] }""")}}, {{Field("ContentPickerField", "Lead", """{ "DisplayedContentTypes": [ "Project" ] }""")}},
                        {{Field("TaxonomyField", "Words", """{ "TaxonomyContentItemId": "words" }""")}}, {{Field("UserPickerField", "People", """{ "Multiple": true, "DisplayAllUsers": true }""")}},
                        {{Field("LocalizationSetContentPickerField", "Sets", """{ "Multiple": true, "DisplayedContentTypes": [ "Page" ] }""")}} ] } ] },
                { "name": "Roles", "Roles": [ { "Name": "Writer", "Permissions": [ "AccessAdminPanel", "EditOwn_Report", "ViewOwn_Project" ] }, { "Name": "Anonymous", "Permissions": [ "View_Page" ] }, { "Name": "Authenticated", "Permissions": [ "View_Page" ] } ] },
                { "name": "Users", "Users": [ { "UserId": "user-writer", "UserName": "writer", "Email": "writer@example.org", "Password": "{{Password}}", "IsEnabled": true, "RoleNames": [ "Writer" ] } ] },
                { "name": "content", "data": [ {{string.Join(",", projects)}},
                    {{Item("words", "Taxonomy", "Words", $$""", "TaxonomyPart": { "TermContentType": "Word", "Terms": [ {{string.Join(",", words)}} ] }""")}},
                    {{Item("page-en", "Page", "The second page", """, "LocalizationPart": { "LocalizationSet": "set-page", "Culture": "en" }""")}},
                    {{Item("page-sq", "Page", "Faqja e dytë", """, "LocalizationPart": { "LocalizationSet": "set-page", "Culture": "sq" }""")}} ] }
                """;
        }
    }
}

public sealed class SqlitePickerTests(SqlitePickerTests.Many site) : PickerTests(site), IClassFixture<SqlitePickerTests.Many>
{
    public sealed class Many : PickerSite;
}

public sealed class PostgresPickerTests(PostgresPickerTests.Many site) : PickerTests(site.OrSkip()), IClassFixture<PostgresPickerTests.Many>
{
    public sealed class Many : PickerSite
    {
        protected override bool IsSkipped => !PostgresDatabase.IsAvailable;

        protected override PostgresDatabase? NewDatabase() => PostgresDatabase.Create();

        public PickerSite OrSkip()
        {
            PostgresDatabase.SkipWithoutServer();
            return this;
        }
    }
}
