using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Identity;
using Cms.Platform.Recipes;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Cms.SiteTests;

public sealed class SqliteRecipeTests(Site site) : RecipeTests(site);

public sealed class PostgresRecipeTests(PostgresSite site) : RecipeTests(site.OrSkip());

/// <summary>Recipes on a running site: strict and lenient, tried and applied, from the command line, with users and media.</summary>
public abstract class RecipeTests(Site site)
{
    private static readonly byte[] Png = Convert.FromHexString("89504E470D0A1A0A0000000D49484452");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<RecipeReport> RunAsync(string steps, RecipeOptions? options = null)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<RecipeExecutor>()
            .ExecuteAsync(Recipe.Read("test.recipe.json", $$"""{ "name": "Test", "steps": [ {{steps}} ] }""", new NullFileProvider()), options ?? new RecipeOptions(), Cancel);
    }

    private async Task<T> AskAsync<T>(Func<IServiceProvider, Task<T>> ask)
    {
        await using var scope = site.NewScope();
        return await ask(scope.ServiceProvider);
    }

    [Fact]
    public async Task A_step_that_nobody_knows_is_an_error_unless_the_recipe_is_run_leniently()
    {
        const string Steps = """{ "name": "no-such-step" }, { "name": "feature", "enable": [ "OrchardCore.NoSuch", "OrchardCore.Workflows" ] }""";
        (await Should.ThrowAsync<RecipeException>(() => RunAsync(Steps))).Message.ShouldContain("no-such-step");
        var report = await RunAsync(Steps, new RecipeOptions { IsLenient = true });
        report.Steps[0].Outcome.ShouldBe(RecipeStepOutcome.Skipped);
        report.Steps[1].Notes.ShouldBe(["$.enable[0]: There is no feature “OrchardCore.NoSuch”.", "The feature “OrchardCore.Workflows” is not available here."]);
    }

    [Fact]
    public async Task A_step_of_the_contract_that_the_site_cannot_do_is_skipped_by_name_also_strictly()
    {
        var step = (await RunAsync("""{ "name": "WorkflowType", "data": [] }""")).Steps.ShouldHaveSingleItem();
        step.Outcome.ShouldBe(RecipeStepOutcome.Skipped);
        step.Notes.ShouldHaveSingleItem().ShouldContain("WorkflowType");
    }

    [Fact]
    public async Task An_item_is_stored_as_the_recipe_has_it_and_the_report_says_what_readers_do_not_get()
    {
        var id = ContentId.New();
        const string html = "<p style='color: red'>a <o:p>b</o:p></p>\\n<script>x()</script>";
        var step = (await RunAsync($$"""{ "name": "content", "data": [ { "ContentItemId": "{{id}}", "ContentType": "Page", "DisplayText": "Cut", "Latest": true, "Published": true, "TitlePart": { "Title": "Cut" }, "Page": { "Summary": { "Text": "Short." } }, "HtmlBodyPart": { "Html": "{{html}}" } } ] }""")).Steps.ShouldHaveSingleItem();
        step.Notes.Count.ShouldBe(3);
        step.Notes.ShouldAllBe(note => note.StartsWith("$.data[0].HtmlBodyPart: ", StringComparison.Ordinal) && note.Contains(id, StringComparison.Ordinal));
        step.Notes[2].ShouldEndWith("Taken out with what was in it (line 2): <script>x()</script>");
        var stored = await AskAsync(services => services.GetRequiredService<IContentStore>().FindAsync(id, ContentStatus.Published, Cancel));
        stored!.Part("HtmlBodyPart")!.TextOf("Html").ShouldBe(html.Replace("\\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_changes_nothing()
    {
        const string Steps = """
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Dry", "DisplayName": "Dry" } ] },
            { "name": "content", "data": [ { "ContentItemId": "dry-one", "ContentType": "Dry", "DisplayText": "One", "Latest": true, "Published": true } ] }
            """;
        var report = await RunAsync(Steps, new RecipeOptions { IsDryRun = true });
        report.Changes.ShouldBe(["Site document: ContentDefinition", "Imported: Dry dry-one"]);
        (await AskAsync(services => services.GetRequiredService<IContentStore>().FindAsync("dry-one", ContentStatus.Latest, Cancel))).ShouldBeNull();
        site.Services.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Dry").ShouldBeNull();
    }

    [Fact]
    public async Task Replacing_a_definition_forgets_what_it_was_and_deleting_removes_it()
    {
        await RunAsync("""
            { "name": "ContentDefinition",
              "ContentTypes": [ { "Name": "Shelf", "DisplayName": "Shelf", "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart" }, { "PartName": "Shelf" } ] } ],
              "ContentParts": [ { "Name": "Shelf", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Old" } ] } ] },
            { "name": "ReplaceContentDefinition",
              "ContentTypes": [ { "Name": "Shelf", "DisplayName": "New shelf", "ContentTypePartDefinitionRecords": [ { "PartName": "Shelf" } ] } ],
              "ContentParts": [ { "Name": "Shelf", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "New" } ] } ] }
            """);
        var registry = site.Services.GetRequiredService<ContentDefinitionRegistry>();
        var type = registry.Current.Type("Shelf").ShouldNotBeNull();
        type.Parts.Select(part => part.Name).ShouldBe(["Shelf"]);
        type.Parts[0].Part.Fields.Select(field => field.Name).ShouldBe(["New"]);
        await RunAsync("""{ "name": "DeleteContentDefinition", "ContentTypes": [ "Shelf" ], "ContentParts": [ "Shelf" ] }""");
        registry.Current.Type("Shelf").ShouldBeNull();
        registry.Current.Part("Shelf").ShouldBeNull();
    }

    [Fact]
    public async Task Users_come_with_the_hash_of_their_password_and_by_command()
    {
        var hash = new PasswordHasher<CmsIdentityUser>().HashPassword(new CmsIdentityUser(), "Imported-Pass-12");
        await RunAsync($$"""
            { "name": "Users", "Users": [ { "UserId": "4imported", "UserName": "imported", "Email": "imported@example.org", "EmailConfirmed": true, "PasswordHash": "{{hash}}", "IsEnabled": true, "RoleNames": [ "Editor" ] },
                                          { "UserId": "4disabled", "UserName": "disabled", "Email": "disabled@example.org", "IsEnabled": false } ] },
            { "name": "command", "Commands": [ "createUser /UserName:commanded /Password:Lantern-Quarry-93-Violet /Email:commanded@example.org /Roles:Editor,Author" ] }
            """);
        await AskAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<CmsIdentityUser>>();
            var imported = (await users.FindByIdAsync("4imported"))!;
            (await users.CheckPasswordAsync(imported, "Imported-Pass-12")).ShouldBeTrue();
            (await users.GetRolesAsync(imported)).ShouldBe(["Editor"]);
            (await users.IsLockedOutAsync((await users.FindByIdAsync("4disabled"))!)).ShouldBeTrue();
            (await users.GetRolesAsync((await users.FindByNameAsync("commanded"))!)).ShouldBe(["Author", "Editor"], ignoreOrder: true);
            return true;
        });
    }

    [Fact]
    public async Task Entries_of_a_document_are_replaced_by_their_key()
    {
        var report = await RunAsync("""
            { "name": "deployment", "Plans": [ { "Name": "r1", "Note": "One" }, { "Name": "r2", "Note": "Two" } ] },
            { "name": "deployment", "Plans": [ { "Name": "r2", "Note": "Second" } ] }
            """);
        report.Steps.ShouldAllBe(step => step.Outcome == RecipeStepOutcome.Applied);
        var kept = await AskAsync(services => services.GetRequiredService<SiteDocuments>().ReadDocumentAsync("deployment", Cancel));
        kept["r1"]!["Note"]!.ToString().ShouldBe("One");
        kept["r2"]!["Note"]!.ToString().ShouldBe("Second");
    }

    [Fact]
    public async Task A_layer_with_an_unknown_condition_is_refused()
    {
        var problem = await Should.ThrowAsync<RecipeException>(() => RunAsync(
            """{ "name": "layers", "Layers": [ { "Name": "Odd", "LayerRule": { "Conditions": [ { "Name": "AnyConditionGroup", "Conditions": [ { "Name": "MoonPhase" } ] } ] } } ] }"""));
        problem.Message.ShouldContain("$.Layers[0].LayerRule.Conditions[0].Conditions[0].Name: There is no condition “MoonPhase”.");
    }

    [Theory]
    [InlineData("""{ "TargetPath": "../../site.db.png", "Base64": "iVBORw0KGgo=" }""", "is not a path in the media folder")]
    [InlineData("""{ "TargetPath": "a.exe", "Base64": "iVBORw0KGgo=" }""", "of a kind that the site does not take")]
    [InlineData("""{ "TargetPath": "a.png", "Base64": "R0lGODlh" }""", "not of the kind that its name says")]
    [InlineData("""{ "TargetPath": "a.png", "Base64": "?" }""", "not Base64")]
    [InlineData("""{ "TargetPath": "a.png", "SourcePath": "nowhere.png" }""", "no file “nowhere.png” beside the recipe")]
    [InlineData("""{ "TargetPath": "a.png", "SourceUrl": "https://example.org/a.png" }""", "not fetched")]
    [InlineData("""{ "TargetPath": "a.png" }""", "Give the content")]
    public async Task A_media_file_that_cannot_be_kept_is_refused_with_its_place(string file, string reason)
    {
        var problem = await Should.ThrowAsync<RecipeException>(() => RunAsync($$"""{ "name": "media", "Files": [ {{file}} ] }"""));
        problem.Message.ShouldContain("$.Files[0]");
        problem.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task A_media_file_of_a_recipe_that_fails_is_not_kept()
    {
        var steps = $$"""{ "name": "media", "Files": [ { "TargetPath": "failed/a.png", "Base64": "{{Convert.ToBase64String(Png)}}" } ] }, { "name": "no-such-step" }""";
        await Should.ThrowAsync<RecipeException>(() => RunAsync(steps));
        using var client = site.CreateClient();
        using var answer = await client.GetAsync(new Uri("/media/failed/a.png", UriKind.Relative), Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Media_are_served_in_ranges_with_entity_tags_and_never_as_active_content()
    {
        var svg = Convert.ToBase64String(Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"));
        await RunAsync($$"""{ "name": "media", "Files": [ { "TargetPath": "a b/ç.png", "Base64": "{{Convert.ToBase64String(Png)}}" }, { "TargetPath": "evil.svg", "Base64": "{{svg}}" } ] }""");
        using var client = site.CreateClient();
        using var whole = await client.GetAsync(new Uri("/media/a%20b/%C3%A7.png", UriKind.Relative), Cancel);
        (await whole.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(Png);
        whole.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        using var range = new HttpRequestMessage(HttpMethod.Get, "/media/a%20b/%C3%A7.png") { Headers = { Range = new RangeHeaderValue(1, 3) } };
        using var part = await client.SendAsync(range, Cancel);
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsByteArrayAsync(Cancel)).ShouldBe(Png[1..4]);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/media/a%20b/%C3%A7.png") { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var same = await client.SendAsync(again, Cancel);
        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var active = await client.GetAsync(new Uri("/media/evil.svg", UriKind.Relative), Cancel);
        active.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        active.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        foreach (var path in new[] { "/media/../site.db", "/media/%2e%2e/site.db", "/media/..%2fsite.db", "/media/site.db", "/media/" })
        {
            using var outside = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);
            outside.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
    }

    [Fact]
    public async Task The_command_line_runs_a_recipe_or_only_tries_it()
    {
        var file = Path.Combine(site.DataFolder, "command.recipe.json");
        await File.WriteAllTextAsync(file, """{ "name": "Command", "steps": [ { "name": "deployment", "Plans": [ { "Name": "command" } ] }, { "name": "unknown" } ] }""", Cancel);
        async Task<(int Code, string Output, string Errors)> CommandAsync(params string[] arguments)
        {
            using StringWriter output = new(), errors = new();
            var code = await RecipeCommand.RunAsync(site.Services, ["recipe", .. arguments], output, errors, Cancel);
            return (code, output.ToString(), errors.ToString());
        }

        async Task<bool> IsKeptAsync() => (await AskAsync(services => services.GetRequiredService<SiteDocuments>().ReadDocumentAsync("deployment", Cancel))).ContainsKey("command");

        (await CommandAsync("run", file)).ShouldSatisfyAllConditions(result => result.Code.ShouldBe(1), result => result.Errors.ShouldContain("No step is named “unknown”"));
        (await CommandAsync("run", file, "--lenient", "--dry-run")).ShouldSatisfyAllConditions(
            result => result.Code.ShouldBe(0), result => result.Output.ShouldContain("[1/2] Command: deployment … Applied"),
            result => result.Output.ShouldContain("Site document: deployment"), result => result.Output.ShouldContain("nothing was changed"));
        (await IsKeptAsync()).ShouldBeFalse();
        (await CommandAsync("run", file, "--lenient")).Code.ShouldBe(0);
        (await IsKeptAsync()).ShouldBeTrue();
        (await CommandAsync("run")).Code.ShouldBe(2);
        (await CommandAsync("run", Path.Combine(site.DataFolder, "nowhere.json"))).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{ "Name": "Odd", "ContentPartFieldDefinitionRecords": [ { "FieldName": "MoodField", "Name": "Mood" } ] }""", "{}", "content.W001", false)]
    [InlineData("""{ "Name": "Odd" }""", """{ "PartName": "NoSuchPart" }""", "content.W002", false)]
    [InlineData("""{ "Name": "Odd", "ContentPartFieldDefinitionRecords": [ { "FieldName": "NumericField", "Name": "N", "Settings": { "NumericFieldSettings": { "Scale": "much" } } } ] }""", "{}", "content.E003", true)]
    [InlineData("""{ "Name": "Odd" }""", """{ "PartName": "BagPart", "Settings": { "BagPartSettings": { "ContainedContentTypes": [ "Nowhere" ] } } }""", "content.W004", false)]
    [InlineData("""{ "Name": "Odd" }""", """{ "PartName": "BagPart", "Settings": { "BagPartSettings": { "ContainedContentTypes": [ "Odd" ] } } }""", "content.W005", false)]
    [InlineData("""{ "Name": "Odd", "ContentPartFieldDefinitionRecords": [ { "FieldName": "TextField", "Name": "Owner" } ] }""", "{}", "graphql.W001", false)]
    [InlineData("""{ "Name": "Odd" }""", """{ "PartName": "TitlePart", "Settings": { "TitlePartSettings": { "Pattern": "{{ broken" } } }""", "liquid.E001", true)]
    public async Task A_definition_that_will_not_work_is_reported_with_an_id_and_a_hint(string part, string attachment, string id, bool isError)
    {
        if (attachment == "{}") attachment = """{ "PartName": "Odd" }""";
        var steps = $$"""{ "name": "ContentDefinition", "ContentTypes": [ { "Name": "Odd", "DisplayName": "Odd", "ContentTypePartDefinitionRecords": [ {{attachment}} ] } ], "ContentParts": [ {{part}} ] }""";
        var options = new RecipeOptions { IsDryRun = true };
        if (isError) (await Should.ThrowAsync<RecipeException>(() => RunAsync(steps, options))).Message.ShouldContain(id);
        else (await RunAsync(steps, options)).Steps[0].Notes.ShouldHaveSingleItem().ShouldContain(id);
    }

    [Fact]
    public async Task A_field_that_a_definition_gets_later_is_indexed_in_the_items_that_are_there()
    {
        await RunAsync("""
            { "name": "ContentDefinition", "ContentTypes": [ { "Name": "Grown", "DisplayName": "Grown", "ContentTypePartDefinitionRecords": [ { "PartName": "Grown" } ] } ] },
            { "name": "content", "data": [
              { "ContentItemId": "grown-b", "ContentType": "Grown", "Latest": true, "Published": true, "Grown": { "Rank": { "Value": 2 } } },
              { "ContentItemId": "grown-a", "ContentType": "Grown", "Latest": true, "Published": true, "Grown": { "Rank": { "Value": 1 } } },
              { "ContentItemId": "grown-none", "ContentType": "Grown", "Latest": true, "Published": true } ] },
            { "name": "ContentDefinition", "ContentParts": [ { "Name": "Grown", "ContentPartFieldDefinitionRecords": [ { "FieldName": "NumericField", "Name": "Rank" } ] } ] }
            """);
        var rank = new IndexedField("Grown.Rank", Core.Fields.MemberType.Number);
        var query = new ContentQuery { ContentTypes = ["Grown"], Order = [new ContentOrder(rank)] };
        var found = await AskAsync(services => services.GetRequiredService<IContentStore>().QueryAsync(query, Cancel));
        found.Select(item => item.ContentItemId).ShouldBe(["grown-none", "grown-a", "grown-b"]);
    }
}
