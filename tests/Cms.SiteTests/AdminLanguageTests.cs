using System.Net;
using System.Text.RegularExpressions;

namespace Cms.SiteTests;

/// <summary>What the admin refuses, it refuses in the editor's language.</summary>
public sealed partial class AdminLanguageTests(Site site)
{
    private const string Create = "/Admin/Contents/ContentTypes/NewsPost/Create";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sq", "Një element tjetër e ka tashmë “en/news/taken-sq”. Zgjidhni një tjetër.")]
    [InlineData("sr", "Druga stavka već ima „en/news/taken-sr“. Izaberite nešto drugo.")]
    [InlineData("en", "Another item already has “en/news/taken-en”. Choose another.")]
    public async Task An_address_that_is_taken_by_saving_and_by_restoring_a_version(string culture, string text)
    {
        using var client = await EditorAsync(culture);
        var path = $"en/news/taken-{culture}";
        var first = await PublishAsync(client, Create, path);
        await PublishAsync(client, first, path + "-now");
        await PublishAsync(client, Create, path);
        (await ShownAsync(await PostAsync(client, Create, ("AutoroutePart.Path", path), ("command", "draft")))).ShouldContain(text);

        var versions = first.Replace("/Edit", "/Versions", StringComparison.Ordinal);
        var version = Version().Match(await client.GetStringAsync(versions, Cancel)).Groups["id"].Value;
        (await ShownAsync(await PostAsync(client, versions, ("version", version)))).ShouldContain(text);
    }

    [Theory]
    [InlineData("sq", "page.png: Përmbajtja e “page.png” nuk është e llojit që tregon emri i tij.", "run.exe: “run.exe” është i një lloji që faqja nuk e pranon.")]
    [InlineData("sr", "page.png: Sadržaj datoteke „page.png“ nije vrste koju njeno ime navodi.", "run.exe: „run.exe“ je vrste koju sajt ne prima.")]
    [InlineData("en", "page.png: The content of “page.png” is not of the kind that its name says.", "run.exe: “run.exe” is of a kind that the site does not take.")]
    public async Task A_file_that_the_site_does_not_take(string culture, string content, string kind)
    {
        using var client = await EditorAsync(culture);
        using var library = Files("files", await client.GetStringAsync("/Admin/Media", Cancel));
        library.Add(new StringContent("upload"), "_handler");
        var shown = await ShownAsync(await client.PostAsync("/Admin/Media", library, Cancel));
        shown.ShouldContain(content);
        shown.ShouldContain(kind);

        using var item = Files("upload:NewsPost.Image", await client.GetStringAsync(Create, Cancel));
        item.Add(new StringContent("draft"), "command");
        shown = await ShownAsync(await client.PostAsync(Create, item, Cancel));
        shown.ShouldContain(content);
        shown.ShouldContain(kind);
    }

    private async Task<HttpClient> EditorAsync(string culture)
    {
        var client = await SignedIn.AdministratorAsync(site, Cancel);
        await client.GetAsync($"/Admin/Language?culture={culture}", Cancel);
        return client;
    }

    /// <summary>Publishes a post at the path; where it is edited.</summary>
    private static async Task<string> PublishAsync(HttpClient client, string page, string path)
    {
        var answer = await PostAsync(client, page, ("TitlePart.Title", "Whose address"), ("AutoroutePart.Path", path), ("NewsPost.Summary.Text", "In short."),
            ("NewsPost.Date.Value", "2026-02-03"), ("HtmlBodyPart.Html", "<p>Text</p>"), ("command", "publish"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync(Cancel));
        return answer.Headers.Location!.ToString().Split('?')[0];
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string page, params (string Name, string Value)[] fields)
    {
        var hidden = SignedIn.Hidden(await client.GetStringAsync(page, Cancel)).Where(input => fields.All(field => field.Name != input.Key));
        return await client.PostAsync(page, new FormUrlEncodedContent(hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)))), Cancel);
    }

    private static MultipartFormDataContent Files(string name, string page)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent("<html>"u8.ToArray()), name, "page.png" }, { new ByteArrayContent("MZ"u8.ToArray()), name, "run.exe" } };
        foreach (var (field, value) in SignedIn.Hidden(page).Where(input => input.Key is "__RequestVerificationToken" || name != "files")) form.Add(new StringContent(value), field);
        return form;
    }

    private static async Task<string> ShownAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    [GeneratedRegex("name=\"version\" value=\"(?<id>[^\"]+)\"")]
    private static partial Regex Version();
}
