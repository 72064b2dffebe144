using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Modules.AuditTrail;
using Cms.Platform.Identity;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>Who may do what through the content API: everybody × every verb × every state of an item, compared with a rule that this test states anew.</summary>
public sealed class ContentApiPermissionTests(ContentApiPermissionTests.OwnersSite site) : IClassFixture<ContentApiPermissionTests.OwnersSite>
{
    private const string Password = "Correct-Horse-9-Contributor";
    private const string Contributor = "user-lira";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Who asks.</summary>
    public enum Asker
    {
        Nobody,
        Reader,
        Translator,
        Editor,
        Owner,
    }

    /// <summary>The item that is asked for.</summary>
    public enum State
    {
        Published,
        Draft,
        PublishedWithDraft,
    }

    /// <summary>What is asked.</summary>
    public enum Act
    {
        Get,
        SaveDraft,
        Publish,
        Delete,
    }

    public static TheoryData<Asker, State, bool> Cases
    {
        get
        {
            var cases = new TheoryData<Asker, State, bool>();
            foreach (var asker in Enum.GetValues<Asker>())
            {
                foreach (var state in Enum.GetValues<State>())
                {
                    cases.Add(asker, state, true);
                    cases.Add(asker, state, false);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Everybody_may_do_what_their_roles_say(Asker asker, State state, bool isOwn)
    {
        foreach (var act in Enum.GetValues<Act>())
        {
            var id = await ItemAsync(state, isOwn ? Contributor : "user-somebody");
            using var answer = await SendAsync(asker, act, id);
            answer.StatusCode.ShouldBe(Expected(asker, act, state, isOwn), $"{asker} {act} {state}, own: {isOwn}");
        }
    }

    private static HttpStatusCode Expected(Asker asker, Act act, State state, bool isOwn)
    {
        var isGone = act == Act.Get && state == State.Draft;
        var isAllowed = asker switch
        {
            Asker.Nobody or Asker.Reader => act == Act.Get,
            Asker.Translator => act is Act.Get or Act.SaveDraft,
            Asker.Editor => true,
            _ => act == Act.Get || isOwn,
        };
        if (isGone) return HttpStatusCode.NotFound;

        // Who may not edit a draft is answered as about an id that nobody has.
        var isKnown = state != State.Draft || asker is Asker.Translator or Asker.Editor || (asker is not (Asker.Nobody or Asker.Reader) && isOwn);
        if (!isKnown) return act == Act.Delete ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest;
        return isAllowed ? HttpStatusCode.OK : asker == Asker.Nobody ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden;
    }

    [Theory]
    [InlineData("""{ "Owner": "user-lira" }""")]
    [InlineData("""{ "Owner": "" }""")]
    [InlineData("""{ "CommonPart": { "Owner": "user-lira" } }""")]
    [InlineData("""{ "TitlePart": { "Title": "Mine now" } }""")]
    public async Task Nobody_takes_an_item_over(string change)
    {
        var id = await ItemAsync(State.Published, "user-somebody");
        var body = JsonNode.Parse(change)!.AsObject();
        body["ContentItemId"] = id;
        foreach (var asker in new[] { Asker.Owner, Asker.Translator, Asker.Editor }) using (await SendAsync(asker, HttpMethod.Post, "/api/content?draft=true", body.ToJsonString())) { }
        (await FindAsync(id)).Owner.ShouldBe("user-somebody");
    }

    [Fact]
    public async Task What_an_app_adds_is_nobodys_and_stays_so_when_somebody_changes_it()
    {
        using var answer = await SendAsync(Asker.Editor, HttpMethod.Post, "/api/content", """{ "ContentType": "Page", "TitlePart": { "Title": "By an app" }, "Page": { "Summary": { "Text": "Short." } } }""");
        var added = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        var id = added["ContentItemId"]!.ToString();
        added["Owner"].ShouldBeNull();
        added["Author"]!.ToString().ShouldBe("Editor app");
        (await SendAsync(Asker.Owner, Act.SaveDraft, id)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await using (var scope = site.NewScope())
        {
            var services = scope.ServiceProvider;
            (await services.GetRequiredService<SaveDraft>().ExecuteAsync((await services.GetRequiredService<IContentStore>().FindAsync(id, ContentStatus.Latest, Cancel))!, Cancel)).Succeeded.ShouldBeTrue();
        }

        (await FindAsync(id)).Owner.ShouldBeNull();
    }

    [Fact]
    public async Task The_trail_names_the_app_that_acted()
    {
        var id = await ItemAsync(State.Published, "user-somebody");
        using (await SendAsync(Asker.Editor, Act.SaveDraft, id)) { }
        await using var scope = site.NewScope();
        var last = await scope.ServiceProvider.GetRequiredService<CmsDbContext>().Set<AuditEventRow>().AsNoTracking().Where(row => row.ContentItemId == id).OrderBy(row => row.Id).LastAsync(Cancel);
        (last.UserId, last.UserName).ShouldBe((AppSite.EditorApp, "Editor app"));
    }

    private async Task<HttpResponseMessage> SendAsync(Asker asker, Act act, string id) => act switch
    {
        Act.Get => await SendAsync(asker, HttpMethod.Get, "/api/content/" + id, null),
        Act.Delete => await SendAsync(asker, HttpMethod.Delete, "/api/content/" + id, null),
        _ => await SendAsync(asker, HttpMethod.Post, "/api/content" + (act == Act.SaveDraft ? "?draft=true" : ""), $$"""{ "ContentItemId": "{{id}}", "TitlePart": { "Title": "Changed" } }"""),
    };

    private async Task<HttpResponseMessage> SendAsync(Asker asker, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        var app = asker switch { Asker.Reader => AppSite.ReaderApp, Asker.Translator => AppSite.TranslatorApp, Asker.Editor => AppSite.EditorApp, _ => null };
        if (app is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(app, Cancel));
        return await (asker == Asker.Owner ? site.OwnersClient : site.Client).SendAsync(request, Cancel);
    }

    private async Task<ContentItem> FindAsync(string id)
    {
        await using var scope = site.NewScope();
        return (await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync(id, ContentStatus.Latest, Cancel)).ShouldNotBeNull();
    }

    private async Task<string> ItemAsync(State state, string owner)
    {
        await using var scope = site.NewScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentUser>().ActAs(CmsUser.System with { Id = owner, Name = owner });
        var item = ContentItemJson.Read(JsonNode.Parse($$"""
            { "ContentItemId": "{{ContentId.New()}}", "ContentType": "Page", "Owner": "{{owner}}", "TitlePart": { "Title": "Theirs" }, "Page": { "Summary": { "Text": "Short." } } }
            """)!.AsObject());
        var stored = state == State.Draft
            ? await services.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel)
            : await services.GetRequiredService<Publish>().ExecuteAsync(item, Cancel);
        stored.Problems.ShouldBeEmpty();
        if (state == State.PublishedWithDraft)
            (await services.GetRequiredService<SaveDraft>().ExecuteAsync((await services.GetRequiredService<IContentStore>().FindAsync(item.ContentItemId, ContentStatus.Latest, Cancel))!, Cancel)).Succeeded.ShouldBeTrue();
        return item.ContentItemId;
    }

    /// <summary>The site with its apps and a user who may do everything to items of their own.</summary>
    public sealed class OwnersSite : IAsyncLifetime
    {
        private readonly AppSite _site = new();

        public HttpClient Client { get; private set; } = null!;

        public HttpClient OwnersClient { get; private set; } = null!;

        public AsyncServiceScope NewScope() => _site.NewScope();

        public Task<string> TokenAsync(string app, CancellationToken cancellationToken) => _site.TokenAsync(app, cancellationToken);

        public async ValueTask InitializeAsync()
        {
            await _site.InitializeAsync();
            await _site.RunAsync(JsonNode.Parse("""
                { "name": "Roles", "Roles": [ { "Name": "Contributor", "Permissions": [ "AccessAdminPanel", "AccessContentApi", "EditOwnContent", "PublishOwnContent", "DeleteOwnContent" ] } ] }
                """)!.AsObject(), CancellationToken.None);
            await _site.RunAsync(JsonNode.Parse("""
                { "name": "Users", "Users": [ { "UserId": "user-lira", "UserName": "lira", "Email": "lira@example.org", "IsEnabled": true, "Password": "PASSWORD", "RoleNames": [ "Contributor" ] } ] }
                """.Replace("PASSWORD", Password, StringComparison.Ordinal))!.AsObject(), CancellationToken.None);
            Client = _site.CreateClient();
            OwnersClient = await SignedIn.AsAsync(_site, "lira", Password, CancellationToken.None);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            OwnersClient.Dispose();
            await _site.DisposeAsync();
        }
    }
}
