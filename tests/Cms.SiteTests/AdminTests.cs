using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>The admin as a browser without script uses it: pages, forms and redirects.</summary>
public sealed partial class AdminTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<string> GetAsync(string path)
    {
        var response = await _client.GetAsync(path, Cancel);
        var html = await response.Content.ReadAsStringAsync(Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path + html);
        return html;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        var form = HiddenInput().Matches(page)
            .Select(match => KeyValuePair.Create(WebUtility.HtmlDecode(match.Groups["name"].Value), WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .Where(pair => fields.All(field => field.Name != pair.Key)).DistinctBy(pair => pair.Key)
            .Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await _client.PostAsync(path, new FormUrlEncodedContent(form), Cancel);
    }

    private async Task SignInAsync()
    {
        var response = await PostAsync("/Login", await GetAsync("/Login"), ("user", "admin"), ("password", Site.AdministratorPassword));
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect, await response.Content.ReadAsStringAsync(Cancel));
        response.Headers.Location!.OriginalString.ShouldEndWith("/Admin");
    }

    private static (string, string)[] NewsPost(string title, string path, string command, params (string, string)[] more) =>
    [
        ("TitlePart.Title", title), ("AutoroutePart.Path", path), ("NewsPost.Summary.Text", "In short."),
        ("NewsPost.Date.Value", "2046-02-03"), ("HtmlBodyPart.Html", "<p>Body of it</p><script>x()</script>"), ("command", command), .. more,
    ];

    [Fact]
    public async Task The_admin_speaks_the_chosen_language_and_shows_no_strangers_message()
    {
        await SignInAsync();
        (await _client.GetAsync("/Admin/Language?culture=sr", Cancel)).Headers.Location!.ToString().ShouldBe("/Admin");
        var list = await GetAsync("/Admin/Contents/ContentItems?type=Agreement&culture=sq&status=Published&Message=Send+money");
        list.ShouldContain("<html lang=\"sr-Latn\"");
        list.ShouldContain("Sadržaj");
        list.ShouldContain("20 stavki");
        list.ShouldContain("href=\"/Admin/Contents/ContentItems/agr-freedom-movement-en/Edit\"");
        list.ShouldNotContain("Send money");
        (await GetAsync("/Admin/Contents/ContentItems?type=Agreement&culture=sq&status=Draft")).ShouldContain("0 stavki");
    }

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in()
    {
        var response = await _client.GetAsync("/Admin/Contents/ContentItems", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        response.Headers.Location!.ToString().ShouldContain("/Login?ReturnUrl=");
    }

    [Fact]
    public async Task A_wrong_password_is_refused_without_saying_what_was_wrong()
    {
        var response = await PostAsync("/Login", await GetAsync("/Login"), ("user", "nobody"), ("password", "wrong"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("That did not work");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        var response = await _client.PostAsync("/Login", new FormUrlEncodedContent([KeyValuePair.Create("_handler", "login"), KeyValuePair.Create("user", "admin")]), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_editor_writes_and_publishes_a_post_that_readers_and_apps_find()
    {
        await SignInAsync();
        const string create = "/Admin/Contents/ContentTypes/NewsPost/Create";
        var saved = await PostAsync(create, await GetAsync(create), NewsPost("Written in the admin", "en/news/written-in-the-admin", "draft"));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync(Cancel));
        (await _client.GetAsync("/en/news/written-in-the-admin", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var edit = saved.Headers.Location!.ToString();
        var editor = await GetAsync(edit);
        editor.ShouldContain("value=\"Written in the admin\"");
        var published = await PostAsync(edit, editor, NewsPost("Written in the admin", "en/news/written-in-the-admin", "publish"));
        published.StatusCode.ShouldBe(HttpStatusCode.Redirect, await published.Content.ReadAsStringAsync(Cancel));

        var page = await GetAsync("/en/news/written-in-the-admin");
        page.ShouldContain("<p>Body of it</p>");
        page.ShouldNotContain("x()");
        page.ShouldContain("3 February 2046");

        // Dated behind what other tests publish, so that it leads the list.
        (await GetAsync("/en/news")).ShouldContain("Written in the admin");
        var answer = await _client.GetStringAsync("/api/graphql?query=" + Uri.EscapeDataString("""{ newsPost(where: { path: "en/news/written-in-the-admin" }) { displayText } }"""), Cancel);
        JsonNode.Parse(answer)!["data"]!["newsPost"]![0]!["displayText"]!.GetValue<string>().ShouldBe("Written in the admin");
        (await GetAsync("/Admin/Contents/ContentItems?type=NewsPost&q=Written")).ShouldContain("Written in the admin");
    }

    [Theory]
    [InlineData("draft", "en", "Taken out with what was in it (line 1): &lt;script&gt;x()&lt;/script&gt;", "Tag taken out, its text stays (line 1, 1×): &lt;o:p&gt;")]
    [InlineData("publish", "sq", "U hoq me gjithë përmbajtjen (rreshti 1): &lt;script&gt;x()&lt;/script&gt;", "U hoq etiketa, teksti i saj mbetet (rreshti 1, 1×): &lt;o:p&gt;")]
    public async Task What_cleaning_took_out_is_told_at_the_field_after_saving(string command, string language, string script, string tag)
    {
        await SignInAsync();
        await _client.GetAsync("/Admin/Language?culture=" + language, Cancel);
        const string create = "/Admin/Contents/ContentTypes/NewsPost/Create";
        var path = $"en/news/cut-{command}";
        var body = ("HtmlBodyPart.Html", "<p>Body <o:p>of it</o:p></p><script>x()</script>");
        var saved = await PostAsync(create, await GetAsync(create), [.. NewsPost("Cut", path, command).Where(field => field.Item1 != body.Item1), body]);
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync(Cancel));
        var edit = saved.Headers.Location!.ToString();
        for (var i = 0; i < 2; i++)
        {
            var html = await GetAsync(edit);
            var told = html[html.IndexOf("id=\"HtmlBodyPart.Html-warning\"", StringComparison.Ordinal)..];
            told.ShouldContain(script);
            told.ShouldContain(tag);
            html.ShouldContain("aria-describedby=\"HtmlBodyPart.Html-warning\"");
            html.ShouldContain("&lt;p&gt;Body of it&lt;/p&gt;</textarea>");
        }

        // What was told is of that save; the next one has its own.
        await PostAsync(edit, await GetAsync(edit), ("HtmlBodyPart.Html", "<p>Clean</p>"), ("shown:HtmlBodyPart.Html", "1"), ("command", "draft"));
        (await GetAsync(edit)).ShouldNotContain("HtmlBodyPart.Html-warning");
        await _client.GetAsync("/Admin/Language?culture=en", Cancel);
    }

    [Fact]
    public async Task Text_typed_without_tags_becomes_paragraphs_and_what_nobody_changed_stays()
    {
        await SignInAsync();
        const string create = "/Admin/Contents/ContentTypes/NewsPost/Create";
        var typed = ("HtmlBodyPart.Html", "First a < b\r\n\r\nSecond\r\nline");
        var saved = await PostAsync(create, await GetAsync(create), [.. NewsPost("Typed", "en/news/typed", "draft").Where(field => field.Item1 != typed.Item1), typed]);
        var edit = saved.Headers.Location!.ToString();
        WebUtility.HtmlDecode(await GetAsync(edit)).ShouldContain("<p>First a &lt; b</p>\n<p>Second<br>line</p></textarea>");

        // An app or a recipe may have stored text without paragraphs.
        var id = SignedIn.Hidden(await GetAsync(edit)).First(field => field.Key == "ContentItemId").Value;
        await using (var scope = site.NewScope())
        {
            var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
            var item = (await store.FindAsync(id, ContentStatus.Latest, Cancel))!;
            item.Part("HtmlBodyPart")!["Html"] = "As an app\nstored it";
            await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel);
        }

        await PostAsync(edit, await GetAsync(edit), ("TitlePart.Title", "Typed"), ("HtmlBodyPart.Html", "As an app\r\nstored it"), ("command", "draft"));
        WebUtility.HtmlDecode(await GetAsync(edit)).ShouldContain(">As an app\nstored it</textarea>");
    }

    [Fact]
    public async Task Publishing_an_incomplete_post_names_the_fields_and_keeps_what_was_typed()
    {
        await SignInAsync();
        const string create = "/Admin/Contents/ContentTypes/NewsPost/Create";
        var response = await PostAsync(create, await GetAsync(create), ("TitlePart.Title", "Half <done>"), ("command", "publish"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await response.Content.ReadAsStringAsync(Cancel);
        html.ShouldContain("Summary is required.");
        html.ShouldContain("Date is required.");
        html.ShouldContain("value=\"Half &lt;done&gt;\"");
    }

    [Fact]
    public async Task Of_two_editors_the_second_sees_both_texts_and_loses_neither()
    {
        await SignInAsync();
        const string create = "/Admin/Contents/ContentTypes/NewsPost/Create";
        var saved = await PostAsync(create, await GetAsync(create), NewsPost("First text", "en/news/two-editors", "draft"));
        var edit = saved.Headers.Location!.ToString();
        var (opened, openedByThem) = (await GetAsync(edit), await GetAsync(edit));
        await PostAsync(edit, openedByThem, NewsPost("Their text", "en/news/two-editors", "draft"));
        var conflict = await PostAsync(edit, opened, NewsPost("My text", "en/news/two-editors", "draft"));
        conflict.StatusCode.ShouldBe(HttpStatusCode.OK);
        var html = await conflict.Content.ReadAsStringAsync(Cancel);
        html.ShouldContain("Somebody else changed this item");
        html.ShouldContain("Their text");
        html.ShouldContain("value=\"My text\"");
        (await PostAsync(edit, html, NewsPost("My text", "en/news/two-editors", "draft"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await GetAsync(edit)).ShouldContain("value=\"My text\"");
    }

    [Fact]
    public async Task A_milestone_is_added_to_an_agreement_without_losing_what_was_typed()
    {
        await SignInAsync();
        const string create = "/Admin/Contents/ContentTypes/Agreement/Create";
        var added = await PostAsync(create, await GetAsync(create), ("TitlePart.Title", "With milestones"), ("command", "add:Milestones:Milestone"));
        var html = await added.Content.ReadAsStringAsync(Cancel);
        html.ShouldContain("value=\"With milestones\"");
        html.ShouldContain("name=\"Milestones[0].Milestone.Date.Value\"");
        var saved = await PostAsync(create, html, ("TitlePart.Title", "With milestones"), ("Milestones[0].Milestone.Date.Value", "2013-04-19"), ("Milestones[0].Milestone.Text.Text", "Signed"), ("command", "draft"));
        saved.StatusCode.ShouldBe(HttpStatusCode.Redirect, await saved.Content.ReadAsStringAsync(Cancel));
        var editor = await GetAsync(saved.Headers.Location!.ToString());
        editor.ShouldContain("value=\"2013-04-19\"");
        editor.ShouldContain(">Signed</textarea>");
    }

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)"|<input(?= )(?=[^>]*type="hidden")(?=[^>]*name="(?<name>[^"]*)")(?=[^>]*value="(?<value>[^"]*)")""")]
    private static partial Regex HiddenInput();
}
