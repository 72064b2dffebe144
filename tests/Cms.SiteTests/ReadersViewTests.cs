using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Theming;
using Fluid;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>What is not public is not public on any surface: members × surfaces, for readers and for editors.</summary>
public sealed class ReadersViewTests(AppSite site) : IClassFixture<AppSite>
{
    private const string Owner = "4secretowner";
    private const string Author = "secret-sign-in-name";
    private const string Archive = "2999-04-05T06:07:08Z";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private async Task<string> SendAsync(HttpMethod method, string path, string? app = null, string? body = null) => await (await AnswerAsync(method, path, app, body)).Content.ReadAsStringAsync(Cancel);

    private async Task<HttpResponseMessage> AnswerAsync(HttpMethod method, string path, string? app, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (app is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(app, Cancel));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await _client.SendAsync(request, Cancel);
    }

    /// <summary>A published page with an end that is planned and a draft that nobody knows of.</summary>
    private async Task<ContentItem> PageAsync(bool isPublished = true)
    {
        await using var scope = site.NewScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentUser>().ActAs(CmsUser.System with { Id = Owner, Name = Author });
        var item = ContentItemJson.Read(JsonNode.Parse($$$"""
            { "ContentItemId": "{{{ContentId.New()}}}", "ContentType": "Page", "Owner": "{{{Owner}}}", "TitlePart": { "Title": "Seen by all {{{ContentId.New()}}}" },
              "LocalizationPart": { "Culture": "en" }, "Page": { "Summary": { "Text": "Short." } }, "ArchiveLaterPart": { "ScheduledArchiveUtc": "{{{Archive}}}" } }
            """)!.AsObject());
        var result = isPublished ? await services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel) : await services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel);
        result.Problems.ShouldBeEmpty();
        if (!isPublished) return result.Item;
        var draft = result.Item.Copy();
        draft.GetOrAdd("Page")["Summary"] = new JsonObject { ["Text"] = "Longer." };
        (await services.GetRequiredService<SaveDraft>().ExecuteAsync(draft, Cancel)).Problems.ShouldBeEmpty();
        return result.Item;
    }

    [Fact]
    public async Task Readers_see_no_accounts_schedules_and_drafts_on_any_surface()
    {
        var item = await PageAsync();
        var id = item.ContentItemId;
        var graph = "/api/graphql?query=" + Uri.EscapeDataString($$"""{ page(where: { contentItemId: "{{id}}" }) { owner author latest published render } contentItem(contentItemId: "{{id}}") { owner author latest } }""");
        var surfaces = new[] { $"/api/content/{id}", graph, graph, "/" + item.Part("AutoroutePart")!.TextOf("Path"), $"/Contents/ContentItems/{id}", "/sitemap.xml" };
        foreach (var app in new[] { null, AppSite.ReaderApp })
        {
            foreach (var surface in surfaces)
            {
                var text = await SendAsync(HttpMethod.Get, surface, app);
                foreach (var secret in new[] { Owner, Author, "2999-04-05", "Longer.", "\"latest\":false", "\"Latest\":false" }) text.ShouldNotContain(secret, customMessage: surface);
            }
        }

        var json = JsonNode.Parse(await SendAsync(HttpMethod.Get, $"/api/content/{id}"))!.AsObject();
        json["Published"]!.GetValue<bool>().ShouldBeTrue();
        json["Latest"]!.GetValue<bool>().ShouldBeTrue();
        json["AutoroutePart"]!.AsObject().ContainsKey("SetHomepage").ShouldBeFalse();
    }

    [Fact]
    public async Task Editors_see_all_of_it()
    {
        var id = (await PageAsync()).ContentItemId;
        var json = JsonNode.Parse(await SendAsync(HttpMethod.Get, $"/api/content/{id}", AppSite.EditorApp))!.AsObject();
        json["Owner"]!.ToString().ShouldBe(Owner);
        json["Author"]!.ToString().ShouldBe(Author);
        json["Latest"]!.GetValue<bool>().ShouldBeFalse();
        json["ArchiveLaterPart"]!["ScheduledArchiveUtc"]!.ToString().ShouldBe(Archive);
        var graph = "/api/graphql?query=" + Uri.EscapeDataString($$"""{ page(where: { contentItemId: "{{id}}", author: "{{Author}}" }) { owner author latest } }""");
        var page = JsonNode.Parse(await SendAsync(HttpMethod.Get, graph, AppSite.EditorApp))!["data"]!["page"]![0]!;
        (page["owner"]!.ToString(), page["author"]!.ToString(), page["latest"]!.GetValue<bool>()).ShouldBe((Owner, Author, false));
    }

    /// <summary>Names of accounts can't be guessed by asking whose items there are.</summary>
    [Theory]
    [InlineData("author: \"secret-sign-in-name\"", 0)]
    [InlineData("author_starts_with: \"secret\"", 0)]
    [InlineData("owner_in: [\"4secretowner\"]", 0)]
    [InlineData("NOT: [{ author: \"somebody\" }]", 1)]
    [InlineData("author: null", 1)]
    public async Task To_readers_items_have_no_author_to_ask_for(string filter, int count)
    {
        var id = (await PageAsync()).ContentItemId;
        var query = "/api/graphql?query=" + Uri.EscapeDataString($$"""{ page(where: { contentItemId: "{{id}}", {{filter}} }, orderBy: { author: ASC }) { contentItemId } }""");
        JsonNode.Parse(await SendAsync(HttpMethod.Get, query))!["data"]!["page"]!.AsArray().Count.ShouldBe(count);
    }

    /// <summary>A template that names the author shows it, as on Orchard Core; what writes a whole item does not.</summary>
    [Fact]
    public async Task An_item_that_a_template_writes_as_JSON_shows_readers_no_accounts()
    {
        var item = await PageAsync();
        await using var scope = site.NewScope();
        var environment = scope.ServiceProvider.GetRequiredService<Platform.Theming.Liquid.LiquidEnvironment>();
        foreach (var user in new[] { CmsUser.Anonymous, CmsUser.System })
        {
            scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(user);
            var context = environment.NewContext(scope.ServiceProvider.GetRequiredService<ThemeRenderer>().Scope(new Page(), Cancel), TimeZoneInfo.Utc);
            context.SetValue("item", item);
            var rendered = await environment.Parse("{{ item | json }}", "The test").RenderAsync(context);
            rendered.Contains(Author, StringComparison.Ordinal).ShouldBe(user.IsAdministrator);
            rendered.Contains(Owner, StringComparison.Ordinal).ShouldBe(user.IsAdministrator);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(AppSite.ReaderApp)]
    public async Task A_draft_is_as_unknown_as_an_id_that_nobody_has(string? app)
    {
        var draft = (await PageAsync(isPublished: false)).ContentItemId;
        var unknown = ContentId.New();
        foreach (var request in Requests)
        {
            var (method, path, body) = request;
            using var about = await AnswerAsync(method, path.Replace("ID", draft, StringComparison.Ordinal), app, body?.Replace("ID", draft, StringComparison.Ordinal));
            using var none = await AnswerAsync(method, path.Replace("ID", unknown, StringComparison.Ordinal), app, body?.Replace("ID", unknown, StringComparison.Ordinal));
            about.StatusCode.ShouldBe(none.StatusCode, $"{method} {path} {body}");
            ((int)about.StatusCode).ShouldBeLessThan(500);
            (await ComparableAsync(about, draft)).ShouldBe(await ComparableAsync(none, unknown), $"{method} {path} {body}");
        }
    }

    private static IEnumerable<(HttpMethod Method, string Path, string? Body)> Requests =>
    [
        (HttpMethod.Get, "/api/content/ID", null),
        (HttpMethod.Delete, "/api/content/ID", null),
        (HttpMethod.Put, "/api/content/ID", "{}"),
        (HttpMethod.Post, "/api/content", """{ "ContentItemId": "ID" }"""),
        (HttpMethod.Post, "/api/content", """{ "ContentItemId": "ID", "ContentType": "Page" }"""),
        (HttpMethod.Post, "/api/content?draft=true", """{ "ContentItemId": "ID", "ContentType": "Page" }"""),
        (HttpMethod.Post, "/api/content", """{ "ContentItemId": "ID", "ContentType": "Event" }"""),
        (HttpMethod.Post, "/api/content", """{ "ContentItemId": "ID", "ContentType": "Nothing" }"""),
        (HttpMethod.Post, "/api/content", """{ "ContentItemId": "ID", "ContentType": "Page", "Owner": "4somebody" }"""),
        (HttpMethod.Get, "/Contents/ContentItems/ID", null),
        (HttpMethod.Get, "/Preview/ID", null),
        (HttpMethod.Get, "/Admin/Contents/ContentItems/ID/Edit", null),
        (HttpMethod.Get, "/Admin/Contents/ContentItems/ID/Versions", null),
        (HttpMethod.Get, "/events/ID.ics", null),
        (HttpMethod.Get, "/api/graphql?query=" + Uri.EscapeDataString("{ contentItem(contentItemId: \"ID\") { contentType } page(where: { contentItemId: \"ID\" }) { displayText } }"), null),
    ];

    private static async Task<string> ComparableAsync(HttpResponseMessage answer, string id)
    {
        var text = (await answer.Content.ReadAsStringAsync(Cancel)).Replace(id, "ID", StringComparison.Ordinal);
        var isPage = answer.Content.Headers.ContentType?.MediaType == "text/html";
        return isPage ? text.Length > 0 ? "page" : "" : System.Text.RegularExpressions.Regex.Replace(text, "\"traceId\":\"[^\"]*\"", "");
    }

    [Fact]
    public async Task The_home_page_moves_only_by_its_own_right()
    {
        var home = await SendAsync(HttpMethod.Get, "/en");
        var body = $$$"""{ "ContentType": "Page", "TitlePart": { "Title": "Takes over {{{ContentId.New()}}}" }, "Page": { "Summary": { "Text": "Short." } }, "AutoroutePart": { "SetHomepage": true } }""";
        foreach (var path in new[] { "/api/content", "/api/content?draft=true" })
        {
            using var answer = await AnswerAsync(HttpMethod.Post, path, AppSite.EditorApp, body);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("SetHomepage");
        }

        // The home page itself is edited as ever.
        await using var scope = site.NewScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        var set = ContentItemJson.Read(JsonNode.Parse(body)!.AsObject());
        set.ContentItemId = ContentId.New();
        (await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(set, Cancel)).Problems.ShouldBeEmpty();
        using var kept = await AnswerAsync(HttpMethod.Post, "/api/content", AppSite.EditorApp, $$"""{ "ContentItemId": "{{set.ContentItemId}}", "DisplayText": "Home" }""");
        kept.StatusCode.ShouldBe(HttpStatusCode.OK, await kept.Content.ReadAsStringAsync(Cancel));
        using var removed = await AnswerAsync(HttpMethod.Post, "/api/content", AppSite.EditorApp, $$$"""{ "ContentItemId": "{{{set.ContentItemId}}}", "AutoroutePart": { "SetHomepage": false } }""");
        removed.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(HttpMethod.Get, "/en")).Length.ShouldBe(home.Length);

        // With the right it moves.
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(new CmsUser("4chief", "chief", System.Collections.Frozen.FrozenSet.ToFrozenSet(["PublishContent", "SetHomepage"])));
        var item = ContentItemJson.Read(JsonNode.Parse(body)!.AsObject());
        item.ContentItemId = ContentId.New();
        (await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel)).Problems.ShouldBeEmpty();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(new CmsUser("4other", "other", System.Collections.Frozen.FrozenSet.ToFrozenSet(["PublishContent"])));
        var draft = (await store.FindAsync(item.ContentItemId, ContentStatus.Latest, Cancel))!;
        (await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(draft, Cancel)).Problems.ShouldBeEmpty();
        draft = (await store.FindAsync(item.ContentItemId, ContentStatus.Latest, Cancel))!;
        (await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(draft, Cancel)).Problems.ShouldHaveSingleItem().LacksPermission.ShouldBe("SetHomepage");
    }
}
