using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Tests.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Media;

/// <summary>The media API, and the admin's library and editor as a browser without script uses them.</summary>
public sealed class MediaLibraryTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<HttpClient> EditorAsync()
    {
        var client = await SignedIn.AdministratorAsync(site, Cancel);
        var page = await client.GetStringAsync("/Admin/Media", Cancel);
        client.DefaultRequestHeaders.Add("RequestVerificationToken", SignedIn.Hidden(page).First(input => input.Key == "__RequestVerificationToken").Value);
        return client;
    }

    private static MultipartFormDataContent Form(string name, params (string FileName, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (fileName, content) in files) form.Add(new ByteArrayContent(content), name, fileName);
        return form;
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    [Fact]
    public async Task A_stranger_gets_nothing()
    {
        using var client = site.CreateClient();
        (await client.GetAsync("/api/media/GetAllMediaItems", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.PostAsync("/api/media/Upload", Form("files", ("a.txt", "a"u8.ToArray())), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_write_without_the_antiforgery_token_is_refused()
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        (await client.GetAsync("/api/media/GetFolders", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await client.PostAsync("/api/media/CreateFolder?name=x", null, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("antiforgery");
    }

    [Fact]
    public async Task Files_are_stored_listed_moved_copied_and_deleted()
    {
        using var client = await EditorAsync();
        await JsonAsync(await client.PostAsync("/api/media/CreateFolder?name=Api%20One", null, Cancel));
        await JsonAsync(await client.PostAsync("/api/media/CreateFolder?path=api-one&name=two", null, Cancel));
        (await client.PostAsync("/api/media/CreateFolder?name=api-one", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var stored = await JsonAsync(await client.PostAsync("/api/media/Upload?path=api-one", Form("files", ("Ćafa.PNG", TestImages.Png(4, 4)), ("Ćafa.PNG", TestImages.Png(4, 4)), ("no.exe", [1])), Cancel));
        stored["files"]!.AsArray().Select(file => file!["filePath"]!.ToString()).ShouldBe(["api-one/cafa.png", "api-one/cafa-2.png"]);
        stored["errors"]!["no.exe"]![0]!.ToString().ShouldContain("does not take");
        var entry = await JsonAsync(await client.GetAsync("/api/media/GetMediaItem?path=api-one/cafa.png", Cancel));
        (entry["mime"]!.ToString(), entry["url"]!.ToString(), entry["directoryPath"]!.ToString(), entry["isDirectory"]!.GetValue<bool>())
            .ShouldBe(("image/png", "/media/api-one/cafa.png", "api-one", false));
        await JsonAsync(await client.PostAsync("/api/media/CopyMedia?oldPath=api-one/cafa.png&newPath=api-one/copy.png", null, Cancel));
        await JsonAsync(await client.PostAsync("/api/media/MoveMedia?oldPath=api-one/copy.png&newPath=api-one/two/copy.png", null, Cancel));
        (await client.PostAsync("/api/media/MoveMedia?oldPath=api-one/cafa.png&newPath=api-one/cafa.html", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync("/api/media/MoveMedia?oldPath=api-one/cafa.png&newPath=../cafa.png", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.PostAsync("/api/media/MoveMedia?oldPath=api-one/cafa.png&newPath=api-one/cafa-2.png", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await client.PostAsJsonAsync("/api/media/MoveMediaList", new { mediaNames = new[] { "cafa-2.png" }, sourceFolder = "api-one", targetFolder = "api-one/two" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(await client.GetAsync("/api/media/GetMediaItems?path=api-one/two&extensions=.png", Cancel))).AsArray().Select(file => file!["name"]!.ToString()).ShouldBe(["cafa-2.png", "copy.png"]);
        (await JsonAsync(await client.GetAsync("/api/media/GetDirectoryContent?path=api-one", Cancel))).AsArray().Select(file => file!["name"]!.ToString()).ShouldBe(["two", "cafa.png"]);
        (await JsonAsync(await client.GetAsync("/api/media/GetMediaFieldItems?paths=api-one/cafa.png&paths=api-one/none.png", Cancel))).AsArray().Count.ShouldBe(1);
        (await client.PostAsJsonAsync("/api/media/DeleteMediaList", new[] { "api-one/two/copy.png" }, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync("/api/media/DeleteMedia?path=api-one/none.png", null, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await JsonAsync(await client.PostAsync("/api/media/DeleteFolder?path=api-one", null, Cancel));
        (await client.GetAsync("/api/media/GetMediaItems?path=api-one", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_library_takes_files_from_a_form_and_asks_before_it_deletes_what_content_uses()
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        var page = await client.GetStringAsync("/Admin/Media", Cancel);
        using var form = Form("files", ("From a form.png", TestImages.Png(40, 20)), ("page.png", "<html>"u8.ToArray()));
        foreach (var (name, value) in SignedIn.Hidden(page).Where(input => input.Key is "__RequestVerificationToken")) form.Add(new StringContent(value), name);
        form.Add(new StringContent("upload"), "_handler");
        var answer = await (await client.PostAsync("/Admin/Media", form, Cancel)).Content.ReadAsStringAsync(Cancel);
        answer.ShouldContain("page.png: The content of");
        (await client.GetStringAsync("/Admin/Media?q=from-a", Cancel)).ShouldContain("from-a-form.png");

        await UseAsync("from-a-form.png");
        const string file = "/Admin/Media/File?path=from-a-form.png";
        var detail = await client.GetStringAsync(file, Cancel);
        detail.ShouldContain("Uses a picture");
        var asked = await (await PressAsync(client, file, detail, "delete")).Content.ReadAsStringAsync(Cancel);
        asked.ShouldContain("delete-confirmed");
        (await client.GetAsync("/media/from-a-form.png", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PressAsync(client, file, asked, "delete-confirmed")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await client.GetAsync("/media/from-a-form.png", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_editor_uploads_into_a_post_that_is_not_complete_and_loses_nothing()
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        const string create = "/Admin/Contents/ContentTypes/NewsPost/Create";
        var page = await client.GetStringAsync(create, Cancel);
        using var form = Form("upload:NewsPost.Image", ("Slika.png", TestImages.Png(40, 20)));
        foreach (var (name, value) in SignedIn.Hidden(page)) form.Add(new StringContent(value), name);
        form.Add(new StringContent("Half done"), "TitlePart.Title");
        form.Add(new StringContent("publish"), "command");
        var refused = await client.PostAsync(create, form, Cancel);
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await refused.Content.ReadAsStringAsync(Cancel);
        html.ShouldContain("value=\"Half done\"");
        var path = SignedIn.Hidden(html).Single(input => input.Key == "NewsPost.Image.Paths").Value;
        path.ShouldMatch("^newspost/[0-9]{4}/slika");
        (await client.GetAsync("/media/" + path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var typed = SignedIn.Hidden(html).Concat([KeyValuePair.Create("TitlePart.Title", "Half done"), KeyValuePair.Create("NewsPost.Image.MediaTexts", "Two halves"),
            KeyValuePair.Create("NewsPost.Image.Anchors", """{"X":1,"Y":0.5}"""), KeyValuePair.Create("command", "draft")]);
        var saved = await client.PostAsync(create, new FormUrlEncodedContent(typed), Cancel);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync(Cancel));
        var edit = saved.Headers.Location!.ToString();
        var editor = await client.GetStringAsync(edit, Cancel);
        editor.ShouldContain("value=\"Two halves\"");
        editor.ShouldContain("selected>Right</option>");
        var browsing = await client.PostAsync(edit, new FormUrlEncodedContent(SignedIn.Hidden(editor).Append(KeyValuePair.Create("command", "browse:NewsPost.Image:events"))), Cancel);
        (await browsing.Content.ReadAsStringAsync(Cancel)).ShouldContain("value=\"events/youth.webp\"");
    }

    private static async Task<HttpResponseMessage> PressAsync(HttpClient client, string url, string page, string command)
    {
        var fields = SignedIn.Hidden(page).Where(input => input.Key == "__RequestVerificationToken")
            .Concat([KeyValuePair.Create("_handler", "change"), KeyValuePair.Create("name", "from-a-form"), KeyValuePair.Create("folder", ""), KeyValuePair.Create("command", command)]);
        return await client.PostAsync(url, new FormUrlEncodedContent(fields), Cancel);
    }

    private async Task UseAsync(string path)
    {
        await using var scope = site.NewScope();
        var type = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current.Type("NewsPost")!;
        var item = await scope.ServiceProvider.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = "Uses a picture";
        item.GetOrAdd("NewsPost")["Image"] = new JsonObject { ["Paths"] = new JsonArray(path) };
        (await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel)).Problems.ShouldBeEmpty();
    }
}
