using System.Net;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Platform.Admin.Editing;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

public sealed class SqliteNothingTypedIsLostTests(Site site) : NothingTypedIsLostTests(site);

public sealed class PostgresNothingTypedIsLostTests(PostgresSite site) : NothingTypedIsLostTests(site.OrSkip());

/// <summary>Whatever happens between typing and saving, the text is in the form, stored, or in the history, and the page says where.</summary>
public abstract partial class NothingTypedIsLostTests(Site site)
{
    private const string Create = "/Admin/Contents/ContentTypes/NewsPost/Create";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static (string Name, string Value)[] Post(string title, string path) =>
    [
        ("TitlePart.Title", title), ("AutoroutePart.Path", path), ("NewsPost.Summary.Text", "In short."), ("NewsPost.Date.Value", "2026-02-03"), ("HtmlBodyPart.Html", "<p>Text</p>"),
    ];

    private static List<KeyValuePair<string, string>> Fields(string page, string command, params (string Name, string Value)[] typed) =>
    [
        .. SignedIn.Hidden(page).Where(input => typed.All(field => field.Name != input.Key)),
        .. typed.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("command", command),
    ];

    private static async Task<HttpResponseMessage> PressAsync(HttpClient client, string address, string page, string command, params (string Name, string Value)[] typed) =>
        await client.PostAsync(address, new FormUrlEncodedContent(Fields(page, command, typed)), Cancel);

    private static async Task<string> ShownAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, answer.Headers.Location?.ToString());
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<string> LocationAsync(HttpResponseMessage answer)
    {
        ((int)answer.StatusCode).ShouldBeOneOf([302, 303], await answer.Content.ReadAsStringAsync(Cancel));
        var location = answer.Headers.Location!;
        return location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
    }

    private static async Task<string> GetAsync(HttpClient client, string address) => await ShownAsync(await client.GetAsync(address, Cancel));

    /// <summary>Stores a new post; where it is edited.</summary>
    private static async Task<string> StoreAsync(HttpClient client, string title, string command = "draft")
    {
        var answer = await PressAsync(client, Create, await client.GetStringAsync(Create, Cancel), command, Post(title, "en/news/" + ContentId.New()));
        return (await LocationAsync(answer)).Split('?')[0];
    }

    private static string History(string edit) => edit.Replace("/Edit", "/Versions", StringComparison.Ordinal);

    private Task<HttpClient> AdministratorAsync() => SignedIn.AdministratorAsync(site, Cancel);

    private HttpClient Stranger() => site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = site.ClientOptions.BaseAddress });

    private async Task<HttpClient> OtherAsync()
    {
        var name = "other" + ContentId.New();
        await using (var scope = site.NewScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<CmsIdentityUser>>();
            var user = new CmsIdentityUser { UserName = name, Email = name + "@example.org", EmailConfirmed = true };
            (await users.CreateAsync(user, Site.AdministratorPassword)).Succeeded.ShouldBeTrue();
            (await users.AddToRoleAsync(user, "Administrator")).Succeeded.ShouldBeTrue();
        }

        return await SignedIn.AsAsync(site, name, Site.AdministratorPassword, Cancel);
    }

    [Fact]
    public async Task Of_two_drafts_saved_by_one_person_the_first_is_in_the_history_and_can_be_the_draft_again()
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "First thought");
        await LocationAsync(await PressAsync(client, edit, await client.GetStringAsync(edit, Cancel), "draft", ("TitlePart.Title", "Second thought")));
        var history = await GetAsync(client, History(edit));
        history.ShouldContain("First thought");
        history.ShouldContain("Draft saved");
        history.ShouldContain("Europe/Belgrade");
        var compared = await GetAsync(client, WebUtility.HtmlDecode(Comparison().Match(await client.GetStringAsync(History(edit), Cancel)).Groups["url"].Value));
        compared.ShouldContain("<td data-column=\"Then\">First thought</td><td data-column=\"Now\">Second thought</td>");
        var restored = await client.PostAsync(History(edit), new FormUrlEncodedContent(SignedIn.Hidden(compared).Append(KeyValuePair.Create("text", Text().Match(history).Groups["id"].Value))), Cancel);
        (await GetAsync(client, await LocationAsync(restored))).ShouldContain("value=\"First thought\"");
        (await GetAsync(client, History(edit))).ShouldContain("Second thought");
    }

    [Fact]
    public async Task Of_two_people_who_save_one_draft_both_texts_are_in_the_history_as_the_page_says()
    {
        using var a = await AdministratorAsync();
        using var b = await OtherAsync();
        var edit = await StoreAsync(a, "Before both");
        var (openedByA, openedByB) = (await a.GetStringAsync(edit, Cancel), await b.GetStringAsync(edit, Cancel));
        await LocationAsync(await PressAsync(a, edit, openedByA, "draft", ("TitlePart.Title", "What A wrote")));
        var conflict = await ShownAsync(await PressAsync(b, edit, openedByB, "draft", ("TitlePart.Title", "What B wrote")));
        conflict.ShouldContain("theirs stays in the history");
        conflict.ShouldContain($"href=\"{History(edit)}\"");
        (await GetAsync(b, History(edit))).ShouldContain("Typed while somebody else saved");
        await LocationAsync(await PressAsync(b, edit, conflict, "draft", ("TitlePart.Title", "What B wrote")));
        var history = await GetAsync(b, History(edit));
        foreach (var text in new[] { "Before both", "What A wrote", "What B wrote" }) history.ShouldContain(text);
    }

    [Fact]
    public async Task A_form_that_comes_without_a_session_is_in_the_editor_again_after_signing_in()
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "Before lunch");
        var page = await client.GetStringAsync(edit, Cancel);
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields(page, "publish", ("TitlePart.Title", "Pas ručka, në mëngjes"))) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent([1, 2, 3]), "upload:NewsPost.Image", "bridge.png");
        using var stranger = Stranger();
        var signIn = await LocationAsync(await stranger.PostAsync(edit, form, Cancel));
        signIn.ShouldStartWith("/Login?ReturnUrl=");
        var login = await GetAsync(stranger, signIn);
        login.ShouldContain("What you typed is kept");
        var signedIn = await stranger.PostAsync(signIn, new FormUrlEncodedContent(
            [.. SignedIn.Hidden(login), KeyValuePair.Create("user", "admin"), KeyValuePair.Create("password", Site.AdministratorPassword)]), Cancel);
        var back = await LocationAsync(signedIn);
        back.ShouldStartWith(edit + "?Kept=");
        (await GetAsync(stranger, "/Admin")).ShouldContain("Pas ručka, në mëngjes");
        var editor = await GetAsync(stranger, back);
        editor.ShouldContain("value=\"Pas ručka, në mëngjes\"");
        editor.ShouldContain("Your session had ended");
        editor.ShouldContain("bridge.png");
        (await GetAsync(client, edit)).ShouldContain("value=\"Before lunch\"");

        using var other = await OtherAsync();
        (await GetAsync(other, back)).ShouldNotContain("Pas ručka");
        (await GetAsync(other, "/Admin")).ShouldNotContain("Pas ručka");

        await LocationAsync(await PressAsync(stranger, back, editor, "draft", ("TitlePart.Title", "Pas ručka, në mëngjes")));
        (await GetAsync(client, edit)).ShouldContain("value=\"Pas ručka, në mëngjes\"");
        (await GetAsync(stranger, "/Admin")).ShouldNotContain(back);
    }

    [Fact]
    public async Task A_new_item_that_comes_without_a_session_is_not_lost_either()
    {
        using var client = await AdministratorAsync();
        var title = "Never stored " + ContentId.New();
        using var stranger = Stranger();
        await LocationAsync(await PressAsync(stranger, Create, await client.GetStringAsync(Create, Cancel), "publish", Post(title, "")));
        var list = await GetAsync(client, "/Admin/Contents/ContentItems");
        var link = Regex.Match(list, $"<a href=\"(?<url>[^\"]+)\">{title}</a>").Groups["url"].Value;
        (await GetAsync(client, link)).ShouldContain($"value=\"{title}\"");
    }

    [Fact]
    public async Task A_form_of_another_sign_in_is_kept_for_whom_it_was_made()
    {
        using var client = await AdministratorAsync();
        using var other = await OtherAsync();
        var edit = await StoreAsync(client, "Mine");
        var page = await client.GetStringAsync(edit, Cancel);
        var answer = await LocationAsync(await PressAsync(other, edit, page, "draft", ("TitlePart.Title", "Typed in another tab")));
        (await GetAsync(other, answer)).ShouldContain("opened by another account");
        (await GetAsync(other, edit)).ShouldContain("value=\"Mine\"");
        (await GetAsync(client, "/Admin")).ShouldContain("Typed in another tab");

        using var again = await AdministratorAsync();
        var back = await LocationAsync(await PressAsync(again, edit, page, "draft", ("TitlePart.Title", "Typed before the browser was restarted")));
        (await GetAsync(again, back)).ShouldContain("value=\"Typed before the browser was restarted\"");
    }

    [Fact]
    public async Task A_stranger_without_a_form_of_the_site_has_nothing_kept()
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "Guarded");
        await using var database = site.OpenDatabase();
        var before = await database.KeptPosts.CountAsync(Cancel);
        using var stranger = Stranger();
        var forged = Fields(await client.GetStringAsync(edit, Cancel), "draft", ("FormTicket", "CfDJ8forged"), ("TitlePart.Title", "Spam"));
        (await LocationAsync(await stranger.PostAsync(edit, new FormUrlEncodedContent(forged), Cancel))).ShouldNotContain("Kept");
        (await database.KeptPosts.CountAsync(Cancel)).ShouldBe(before);
    }

    [Theory]
    [InlineData("preview", "/Preview/")]
    [InlineData("unpublish", "Unpublished.")]
    [InlineData("clone", "This is the copy, a draft.")]
    [InlineData("translate:sq", "This is the translation.")]
    public async Task A_command_that_leaves_the_form_saves_what_was_typed_first(string command, string arrives)
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "Published", "publish");
        for (var round = 0; round < (command.StartsWith("translate", StringComparison.Ordinal) ? 2 : 1); round++)
        {
            // A translation is gone to twice: made, and there already.
            var typed = $"Typed before {command} {round}";
            var location = await LocationAsync(await PressAsync(client, edit, await client.GetStringAsync(edit, Cancel), command, ("TitlePart.Title", typed)));
            Uri.UnescapeDataString(location).ShouldContain(arrives);
            (await GetAsync(client, edit)).ShouldContain($"value=\"{typed}\"");
            if (round == 0 && location.Contains("Note=", StringComparison.Ordinal)) (await GetAsync(client, location)).ShouldContain("What you had typed is saved as a draft.");
            if (round == 0 && command is "clone" or "translate:sq") (await GetAsync(client, location)).ShouldContain("value=\"Typed before");
        }
    }

    [Theory]
    [InlineData("discard", HttpStatusCode.OK)]
    [InlineData("delete-confirmed", HttpStatusCode.NotFound)]
    public async Task What_was_typed_into_what_is_dropped_is_in_the_history(string command, HttpStatusCode becomes)
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "Published", "publish");
        await LocationAsync(await PressAsync(client, edit, await client.GetStringAsync(edit, Cancel), "draft", ("TitlePart.Title", "The draft")));
        var page = await client.GetStringAsync(edit, Cancel);
        if (command == "delete-confirmed") (await ShownAsync(await PressAsync(client, edit, page, "delete", ("TitlePart.Title", "Typed last")))).ShouldContain("value=\"Typed last\"");
        var location = await LocationAsync(await PressAsync(client, edit, page, command, ("TitlePart.Title", "Typed last")));
        (await GetAsync(client, location)).ShouldContain("What you had typed is in the history.");
        (await client.GetAsync(edit, Cancel)).StatusCode.ShouldBe(becomes);
        var history = await GetAsync(client, History(edit));
        foreach (var text in new[] { "The draft", "Typed last", "Typed and not saved" }) history.ShouldContain(text);
    }

    [Fact]
    public async Task What_cannot_be_saved_stays_in_the_form_and_the_command_is_not_run()
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "Published", "publish");
        var shown = await ShownAsync(await PressAsync(client, edit, await client.GetStringAsync(edit, Cancel), "unpublish", ("TitlePart.Title", "Kept in sight"), ("NewsPost.Date.Value", "soon")));
        shown.ShouldContain("“soon” is not a date");
        shown.ShouldContain("value=\"Kept in sight\"");
        (await GetAsync(client, "/Admin/Contents/ContentItems?status=Published&q=Published")).ShouldContain(edit);
    }

    [Fact]
    public async Task What_was_typed_upon_an_item_that_was_deleted_meanwhile_is_in_its_history()
    {
        using var client = await AdministratorAsync();
        using var other = await OtherAsync();
        var edit = await StoreAsync(client, "Soon gone");
        var opened = await client.GetStringAsync(edit, Cancel);
        await LocationAsync(await PressAsync(other, edit, await other.GetStringAsync(edit, Cancel), "delete-confirmed"));
        var history = await GetAsync(client, await LocationAsync(await PressAsync(client, edit, opened, "draft", ("TitlePart.Title", "Typed too late"))));
        history.ShouldContain("It was deleted while you were writing");
        history.ShouldContain("Typed too late");
    }

    [Fact]
    public async Task A_second_click_and_a_way_back_to_the_form_are_nobody_elses_change()
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "Opened");
        var opened = await client.GetStringAsync(edit, Cancel);
        (await LocationAsync(await PressAsync(client, edit, opened, "preview", ("TitlePart.Title", "Looked at")))).ShouldStartWith("/Preview/");
        await LocationAsync(await PressAsync(client, edit, opened, "draft", ("TitlePart.Title", "Went on")));
        await LocationAsync(await PressAsync(client, edit, opened, "draft", ("TitlePart.Title", "Went on")));
        (await GetAsync(client, edit)).ShouldContain("value=\"Went on\"");
        (await GetAsync(client, History(edit))).ShouldContain("Looked at");
    }

    [Fact]
    public async Task Pressing_publish_in_an_unchanged_form_makes_no_version()
    {
        using var client = await AdministratorAsync();
        var edit = await StoreAsync(client, "Same again", "publish");
        for (var i = 0; i < 5; i++) (await LocationAsync(await PressAsync(client, edit, await client.GetStringAsync(edit, Cancel), "publish", await TypedAsync(client, edit)))).ShouldContain("Published.");
        await using var database = site.OpenDatabase();
        var id = edit.Split('/')[^2];
        (await database.ContentVersions.CountAsync(row => row.ContentItemId == id, Cancel)).ShouldBe(1);
    }

    /// <summary>What a browser sends of the visible inputs of a post, untouched.</summary>
    private static async Task<(string, string)[]> TypedAsync(HttpClient client, string edit)
    {
        var page = await GetAsync(client, edit);
        string Value(string name) => Regex.Match(page, $"name=\"{Regex.Escape(name)}\" value=\"(?<value>[^\"]*)\"").Groups["value"].Value;
        string Text(string name) => Regex.Match(page, $"<textarea[^>]*name=\"{Regex.Escape(name)}\"[^>]*>(?<value>[^<]*(<p>[^<]*</p>)?)</textarea>").Groups["value"].Value;
        return [("TitlePart.Title", Value("TitlePart.Title")), ("AutoroutePart.Path", Value("AutoroutePart.Path")), ("NewsPost.Summary.Text", Text("NewsPost.Summary.Text")),
            ("NewsPost.Date.Value", Value("NewsPost.Date.Value")), ("HtmlBodyPart.Html", Text("HtmlBodyPart.Html"))];
    }

    [GeneratedRegex("name=\"text\" value=\"(?<id>[0-9]+)\"")]
    private static partial Regex Text();

    [GeneratedRegex("href=\"(?<url>[^\"]+[?&](amp;)?text=[0-9]+)\"")]
    private static partial Regex Comparison();
}
