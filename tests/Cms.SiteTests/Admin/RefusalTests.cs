using System.Net;
using System.Reflection;
using AngleSharp.Html.Parser;
using Cms.Platform.Admin.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Cms.SiteTests.Admin;

/// <summary>What somebody may not open, or is not there, says so in words inside the admin, and no list leads to it.</summary>
public sealed class RefusalTests(RefusalTests.AuthorSite site) : IClassFixture<RefusalTests.AuthorSite>
{
    private const string Password = "Correct-Horse-9-Author";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, HttpStatusCode> Refused => new()
    {
        { "/Admin/Contents/ContentItems/note-other/Edit", HttpStatusCode.Forbidden },
        { "/Admin/Contents/ContentItems/note-other/Versions", HttpStatusCode.Forbidden },
        { "/Admin/Contents/ContentTypes/Secret/Create", HttpStatusCode.Forbidden },
        { "/Admin/Media", HttpStatusCode.Forbidden },
        { "/Admin/Media/File?path=a.png", HttpStatusCode.Forbidden },
        { "/Admin/Surveys", HttpStatusCode.Forbidden },
        { "/Admin/AuditTrail", HttpStatusCode.Forbidden },
        { "/Admin/GraphQL", HttpStatusCode.Forbidden },
        { "/Admin/Templates/Faults", HttpStatusCode.Forbidden },
        { "/Admin/Contents/ContentItems/nothing/Edit", HttpStatusCode.NotFound },
        { "/Admin/Contents/ContentItems/nothing/Versions", HttpStatusCode.NotFound },
        { "/Admin/Contents/ContentTypes/Nothing/Create", HttpStatusCode.NotFound },
        { "/Admin/Contents/ContentTypes/Inner/Create", HttpStatusCode.NotFound },
        { "/Admin/Nothing", HttpStatusCode.NotFound },
        { "/admin/contents/nothing/below", HttpStatusCode.NotFound },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_page_that_does_not_open_says_so_inside_the_admin(string path, HttpStatusCode status)
    {
        using var author = await site.AuthorAsync();
        foreach (var isPost in new[] { false, true })
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "edit"), KeyValuePair.Create("command", "publish"), .. SignedIn.Hidden(await author.GetStringAsync("/Admin", Cancel)).Where(pair => pair.Key.StartsWith("__", StringComparison.Ordinal))]);
            using var answer = isPost ? await author.PostAsync(path, form, Cancel) : await author.GetAsync(path, Cancel);
            var html = await answer.Content.ReadAsStringAsync(Cancel);
            answer.StatusCode.ShouldBe(status, $"{(isPost ? "POST" : "GET")} {path} {html}");
            var page = new HtmlParser().ParseDocument(html);
            page.QuerySelector("main h1").ShouldNotBeNull(html).TextContent.ShouldBe(status == HttpStatusCode.NotFound ? "Not found" : "Not allowed");
            page.QuerySelector("main p")!.TextContent.Length.ShouldBeGreaterThan(20);
            page.QuerySelector("nav.main a").ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("/Admin/Media/File?path=nothing.png")]
    [InlineData("/Admin/Media?folder=nothing")]
    [InlineData("/Admin/Surveys/nothing/answers.csv")]
    public async Task What_is_not_there_is_not_found_by_administrators_either(string path)
    {
        using var client = await SignedIn.AdministratorAsync(site.Site, Cancel);
        using var answer = await client.GetAsync(path, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("<h1>Not found</h1>");
    }

    [Fact]
    public async Task Who_may_not_enter_the_admin_is_told_so_where_they_are()
    {
        using var reader = await SignedIn.AsAsync(site.Site, "reader", Password, Cancel);
        using var answer = await reader.GetAsync("/Admin/Contents/ContentItems", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("<h1>Not allowed</h1>");
    }

    [Fact]
    public async Task Everything_that_the_author_is_led_to_opens()
    {
        using var author = await site.AuthorAsync();
        var (seen, left) = (new HashSet<string>(), new Queue<string>(["/Admin"]));
        while (left.TryDequeue(out var path))
        {
            using var answer = await author.GetAsync(path, Cancel);
            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Redirect], path);
            if (!path.StartsWith("/Admin", StringComparison.Ordinal) || answer.StatusCode != HttpStatusCode.OK) continue;
            foreach (var link in new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancel)).QuerySelectorAll("nav.main a, main a").Select(link => link.GetAttribute("href")!).Where(seen.Add))
                left.Enqueue(link);
        }

        seen.ShouldContain("/Admin/Contents/ContentItems/note-own/Edit");
        seen.ShouldNotContain(link => link.Contains("note-other", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_of_the_admin_states_who_may_open_it()
    {
        var pages = new[] { typeof(AdminAccessAttribute).Assembly, typeof(Modules.Autoroute.AutoroutePart).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttributes<RouteAttribute>().Any()).ToList();
        pages.Count.ShouldBeGreaterThan(8);
        pages.Where(page => page.GetCustomAttribute<AdminAccessAttribute>() is null && page.GetCustomAttribute<AllowAnonymousAttribute>() is null).Select(page => page.FullName).ShouldBeEmpty(
            "State it on the page: @attribute [NeedsPermission(…)], [EditsContent] or [ForEveryEditor].");
    }

    public sealed class AuthorSite : IAsyncLifetime
    {
        public SmallSite Site { get; } = new($$"""
            { "name": "ContentDefinition", "ContentTypes": [
                { "Name": "Note", "DisplayName": "Note", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} } ] },
                { "Name": "Inner", "DisplayName": "Inner", "Settings": { "ContentTypeSettings": { "Securable": true } }, "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} } ] },
                { "Name": "Secret", "DisplayName": "Secret", "Settings": { "ContentTypeSettings": { "Creatable": true, "Listable": true, "Securable": true } }, "ContentTypePartDefinitionRecords": [ { "PartName": "TitlePart", "Name": "TitlePart", "Settings": {} } ] } ] },
            { "name": "Roles", "Roles": [ { "Name": "Writer", "Permissions": [ "AccessAdminPanel", "EditOwn_Note", "ListContent" ] } ] },
            { "name": "Users", "Users": [ { "UserId": "user-writer", "UserName": "writer", "Email": "writer@example.org", "Password": "{{Password}}", "IsEnabled": true, "RoleNames": [ "Writer" ] },
                { "UserId": "user-reader", "UserName": "reader", "Email": "reader@example.org", "Password": "{{Password}}", "IsEnabled": true, "RoleNames": [] } ] },
            { "name": "content", "data": [
                { "ContentItemId": "note-own", "ContentItemVersionId": "note-own-1", "ContentType": "Note", "DisplayText": "Own", "Latest": true, "Published": true, "Owner": "user-writer", "TitlePart": { "Title": "Own" } },
                { "ContentItemId": "note-other", "ContentItemVersionId": "note-other-1", "ContentType": "Note", "DisplayText": "Other", "Latest": true, "Published": true, "Owner": "user-other", "TitlePart": { "Title": "Other" } } ] }
            """);

        public Task<HttpClient> AuthorAsync() => SignedIn.AsAsync(Site, "writer", Password, Cancel);

        public ValueTask InitializeAsync() => Site.InitializeAsync();

        public ValueTask DisposeAsync() => Site.DisposeAsync();
    }
}
