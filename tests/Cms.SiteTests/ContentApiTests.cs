using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.SiteTests;

/// <summary>The content API beyond what the contract's cases show: rights, limits, concurrency and caching.</summary>
public sealed class ContentApiTests(AppSite site) : IClassFixture<AppSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private static string NewPage(string title) =>
        $$$"""{ "ContentType": "Page", "TitlePart": { "Title": "{{{title}}}" }, "AutoroutePart": { "Path": "en/{{{ContentId.New()}}}" }, "Page": { "Summary": { "Text": "In short." } } }""";

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, string? app = AppSite.EditorApp, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (app is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(app, Cancel));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request, Cancel);
    }

    private async Task<JsonObject> JsonAsync(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(status == HttpStatusCode.OK ? "application/json" : "application/problem+json");
        return JsonNode.Parse(text)!.AsObject();
    }

    private async Task<JsonObject> PublishedAsync(string title = "A page") => await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", NewPage(title)));

    [Fact]
    public async Task An_item_is_added_read_changed_and_deleted()
    {
        var added = await PublishedAsync("Added");
        var id = added["ContentItemId"]!.ToString();
        added["Published"]!.GetValue<bool>().ShouldBeTrue();
        (await JsonAsync(await SendAsync(HttpMethod.Get, "/api/content/" + id, null, app: null)))["DisplayText"]!.ToString().ShouldBe("Added");
        var changed = await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", $$"""{ "ContentItemId": "{{id}}", "Page": { "Summary": { "Text": "Shorter." } } }"""));
        changed["TitlePart"]!["Title"]!.ToString().ShouldBe("Added");
        changed["Page"]!["Summary"]!["Text"]!.ToString().ShouldBe("Shorter.");
        (await JsonAsync(await SendAsync(HttpMethod.Delete, "/api/content/" + id, null)))["Latest"]!.GetValue<bool>().ShouldBeFalse();
        await JsonAsync(await SendAsync(HttpMethod.Get, "/api/content/" + id, null), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?draft=true")]
    public async Task What_cleaning_took_out_is_told_in_a_header_and_the_answer_is_the_item(string query)
    {
        var answer = await SendAsync(HttpMethod.Post, "/api/content" + query, """
            { "ContentType": "NewsPost", "TitlePart": { "Title": "Čisto" }, "NewsPost": { "Summary": { "Text": "In short." }, "Date": { "Value": "2026-01-02T00:00:00Z" } },
              "HtmlBodyPart": { "Html": "<p onclick='x()'>in <st1:City>Priština</st1:City></p><script>alert('š')</script>" } }
            """);
        var warnings = JsonNode.Parse(answer.Headers.GetValues("Cms-Warnings").ShouldHaveSingleItem())!.AsArray();
        warnings.Select(warning => warning!["path"]!.ToString()).ShouldBe(["HtmlBodyPart", "HtmlBodyPart", "HtmlBodyPart"]);
        warnings.Select(warning => warning!["message"]!.ToString()).ShouldBe(
        [
            "Attribute taken out of p (line 1, 1×): onclick=\"x()\"", "Tag taken out, its text stays (line 1, 1×): <st1:city>",
            "Taken out with what was in it (line 1): <script>alert('š')</script>",
        ]);
        var item = await JsonAsync(answer);
        item["HtmlBodyPart"]!["Html"]!.ToString().ShouldBe("<p>in Priština</p>");
        item.ShouldNotContain(member => member.Key.Contains("arnings", StringComparison.Ordinal));
        var again = await SendAsync(HttpMethod.Post, "/api/content" + query, item.ToJsonString());
        again.Headers.Contains("Cms-Warnings").ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_sent_again_unchanged_succeeds_and_makes_no_version()
    {
        var body = NewPage("Sent again");
        var first = await SendAsync(HttpMethod.Post, "/api/content", body);
        var added = await JsonAsync(first);
        var id = added["ContentItemId"]!.ToString();
        for (var i = 0; i < 10; i++)
        {
            var again = await SendAsync(HttpMethod.Post, i % 2 == 0 ? "/api/content" : "/api/content?draft=true", $$"""{ "ContentItemId": "{{id}}", "Page": { "Summary": { "Text": "In short." } } }""");
            again.Headers.ETag.ShouldBe(first.Headers.ETag);
            JsonNode.DeepEquals(await JsonAsync(again), added).ShouldBeTrue();
        }

        await using var database = site.OpenDatabase();
        database.ContentVersions.Count(row => row.ContentItemId == id).ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_is_kept_from_readers()
    {
        var draft = await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content?draft=true", """{ "ContentType": "Page", "TitlePart": { "Title": "Half" } }"""));
        draft["Published"]!.GetValue<bool>().ShouldBeFalse();
        await JsonAsync(await SendAsync(HttpMethod.Get, "/api/content/" + draft["ContentItemId"], null), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_draft_of_a_published_item_leaves_what_readers_see()
    {
        var id = (await PublishedAsync("Seen"))["ContentItemId"]!.ToString();
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content?draft=true", $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Unseen" } }"""));
        (await JsonAsync(await SendAsync(HttpMethod.Get, "/api/content/" + id, null, app: null)))["DisplayText"]!.ToString().ShouldBe("Seen");
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_named_with_its_place_and_nothing_is_stored()
    {
        var id = ContentId.New();
        var problem = await JsonAsync(
            await SendAsync(HttpMethod.Post, "/api/content?draft=true", $$"""{ "ContentItemId": "{{id}}", "ContentType": "Event", "Event": { "Start": { "Value": "soon" }, "End": { "Value": "later" } } }"""),
            HttpStatusCode.BadRequest);
        problem["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["Event.Start", "Event.End"], ignoreOrder: true);
        await JsonAsync(await SendAsync(HttpMethod.Delete, "/api/content/" + id, null), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.BadRequest)]
    [InlineData("""{ "ContentType": "Nope" }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "ContentType": "Page", "ContentType": "Event" }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "ContentType": "Page", "ContentItemId": "../../etc" }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "ContentType": "Page", "ContentItemId": "far-too-long-to-be-an-identifier" }""", HttpStatusCode.BadRequest)]
    [InlineData("""{ "ContentType": "Page", "Owner": "4somebodyelse" }""", HttpStatusCode.Forbidden)]
    public async Task A_body_that_is_no_item_is_refused(string body, HttpStatusCode status) =>
        (await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", body), status))["detail"]!.ToString().ShouldNotBeEmpty();

    [Fact]
    public async Task A_body_is_limited_in_size_depth_and_kind()
    {
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", $$"""{ "ContentType": "Page", "Page": { "Summary": { "Text": "{{new string('x', 3_000_000)}}" } } }"""), HttpStatusCode.RequestEntityTooLarge);
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500)), HttpStatusCode.BadRequest);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/content") { Content = new StringContent(NewPage("x"), Encoding.UTF8, "text/plain") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(AppSite.EditorApp, Cancel));
        await JsonAsync(await _client.SendAsync(request, Cancel), HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("GET", "/api/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/content/x", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/content", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/content?draft=perhaps", HttpStatusCode.BadRequest)]
    public async Task A_failure_is_told_as_problem_details(string method, string path, HttpStatusCode status) =>
        (await JsonAsync(await SendAsync(new HttpMethod(method), path, "{}"), status))["status"]!.GetValue<int>().ShouldBe((int)status);

    [Fact]
    public async Task Who_may_only_read_changes_nothing()
    {
        var id = (await PublishedAsync())["ContentItemId"]!.ToString();
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", NewPage("x"), AppSite.ReaderApp), HttpStatusCode.Forbidden);
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content?draft=true", NewPage("x"), AppSite.ReaderApp), HttpStatusCode.Forbidden);
        await JsonAsync(await SendAsync(HttpMethod.Delete, "/api/content/" + id, null, AppSite.ReaderApp), HttpStatusCode.Forbidden);
        await JsonAsync(await SendAsync(HttpMethod.Delete, "/api/content/" + id, null, app: null), HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_may_edit_but_not_publish_saves_drafts_only()
    {
        var id = (await PublishedAsync())["ContentItemId"]!.ToString();
        var change = $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Translated" } }""";
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", change, AppSite.TranslatorApp), HttpStatusCode.Forbidden);
        (await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content?draft=true", change, AppSite.TranslatorApp)))["DisplayText"]!.ToString().ShouldBe("Translated");
    }

    [Fact]
    public async Task A_change_of_what_changed_meanwhile_is_refused()
    {
        var id = (await PublishedAsync())["ContentItemId"]!.ToString();
        var tag = (await SendAsync(HttpMethod.Get, "/api/content/" + id, null)).Headers.ETag!.ToString();
        var change = $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Mine" } }""";
        var mine = await SendAsync(HttpMethod.Post, "/api/content", change, headers: ("If-Match", tag));
        mine.StatusCode.ShouldBe(HttpStatusCode.OK);
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", change, headers: ("If-Match", tag)), HttpStatusCode.PreconditionFailed);
        await JsonAsync(await SendAsync(HttpMethod.Delete, "/api/content/" + id, null, headers: ("If-Match", tag)), HttpStatusCode.PreconditionFailed);
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", change, headers: ("If-None-Match", "*")), HttpStatusCode.PreconditionFailed);
        await JsonAsync(await SendAsync(HttpMethod.Delete, "/api/content/" + id, null, headers: ("If-Match", mine.Headers.ETag!.ToString())));
    }

    [Fact]
    public async Task A_deleted_items_id_is_not_taken_again()
    {
        var id = (await PublishedAsync())["ContentItemId"]!.ToString();
        await JsonAsync(await SendAsync(HttpMethod.Delete, "/api/content/" + id, null));
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", $$"""{ "ContentItemId": "{{id}}", "ContentType": "Page", "TitlePart": { "Title": "Again" }, "Page": { "Summary": { "Text": "x" } } }"""), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Readers_who_have_the_answer_do_not_get_it_again_until_it_changes()
    {
        var id = (await PublishedAsync("First"))["ContentItemId"]!.ToString();
        var tag = (await SendAsync(HttpMethod.Get, "/api/content/" + id, null, app: null)).Headers.ETag!.ToString();
        (await SendAsync(HttpMethod.Get, "/api/content/" + id, null, app: null, ("If-None-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Second" } }"""));
        (await JsonAsync(await SendAsync(HttpMethod.Get, "/api/content/" + id, null, app: null, ("If-None-Match", tag))))["DisplayText"]!.ToString().ShouldBe("Second");
    }

    [Fact]
    public async Task The_tag_of_a_reader_does_not_tell_of_a_draft()
    {
        var id = (await PublishedAsync("Seen"))["ContentItemId"]!.ToString();
        var tag = (await SendAsync(HttpMethod.Get, "/api/content/" + id, null, app: null)).Headers.ETag!.ToString();
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content?draft=true", $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Not seen" } }"""));
        (await SendAsync(HttpMethod.Get, "/api/content/" + id, null, app: null, ("If-None-Match", tag))).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        // An editor is told, and has the members that a reader has not.
        var editors = await SendAsync(HttpMethod.Get, "/api/content/" + id, null, headers: ("If-None-Match", tag));
        editors.StatusCode.ShouldBe(HttpStatusCode.OK);
        editors.Headers.ETag!.ToString().ShouldNotBe(tag);
        var change = $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Mine" } }""";
        await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", change, headers: ("If-Match", tag)), HttpStatusCode.PreconditionFailed);
    }

    [Theory]
    [InlineData("xx")]
    [InlineData("not a language")]
    public async Task A_language_that_is_none_is_refused(string culture)
    {
        var page = $$"""{ "ContentType": "Page", "TitlePart": { "Title": "x" }, "Page": { "Summary": { "Text": "x" } }, "LocalizationPart": { "Culture": "{{culture}}" } }""";
        (await JsonAsync(await SendAsync(HttpMethod.Post, "/api/content", page), HttpStatusCode.BadRequest)).ToJsonString().ShouldContain("no language");
    }

    [Fact]
    public async Task Script_in_HTML_does_not_get_in()
    {
        var page = await JsonAsync(await SendAsync(
            HttpMethod.Post, "/api/content?draft=true", """{ "ContentType": "Page", "TitlePart": { "Title": "x" }, "HtmlBodyPart": { "Html": "<p onclick=\"x()\">Text</p><script>x()</script>" } }"""));
        page["HtmlBodyPart"]!["Html"]!.ToString().ShouldBe("<p>Text</p>");
    }
}
