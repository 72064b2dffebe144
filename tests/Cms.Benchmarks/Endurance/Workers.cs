using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Cms.Benchmarks.Endurance;

/// <summary>People and apps that use the site until they are stopped, whatever happens to it.</summary>
internal static class Workers
{
    /// <summary>Stands in every draft and never in what readers get.</summary>
    private const string OfDrafts = "zzdraftzz";

    private static readonly (string Path, string Says)[] Pages =
    [
        ("/en", "<html lang=\"en\""), ("/sq", "<html lang=\"sq\""), ("/sr", "<html lang=\"sr-Latn\""), ("/sr-cyrl", "<html lang=\"sr-Cyrl\""),
        ("/en/news", "</html>"), ("/en/agreements", "</html>"), ("/en/events", "</html>"), ("/en/contact", "</html>"), ("/sitemap.xml", "<sitemapindex"),
    ];

    /// <summary>Reads pages as anybody, some cached and some made anew.</summary>
    public static async Task ReadAsync(Client client, int number, CancellationToken stop)
    {
        for (var round = number; !stop.IsCancellationRequested; round++)
        {
            var (path, says) = Pages[round % Pages.Length];
            var answer = await client.GetAsync(round % 3 == 0 ? $"{path}?q={round % 50}" : path);
            if (answer is { } found) Check(client, path, says, found.Status, found.Body);
            await PauseAsync(20, stop);
        }
    }

    private static void Check(Client client, string path, string says, HttpStatusCode status, string body)
    {
        if (body.Contains(OfDrafts, StringComparison.Ordinal)) client.Ledger.Fault($"a draft was shown at {path}");
        if (status == HttpStatusCode.OK && !body.Contains(says, StringComparison.Ordinal)) client.Ledger.Fault($"200 with something else at {path}");
        if (status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Forbidden) client.Ledger.Fault($"{(int)status} at {path}");
    }

    /// <summary>Adds items through the content API, published and drafts in turns, and finds each that was acknowledged.</summary>
    public static async Task WriteAsAppAsync(Client client, int number, CancellationToken stop)
    {
        await client.SignInAppAsync();
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"endurance-{number}-{round}");
            var isDraft = round % 2 == 0;
            var title = isDraft ? $"App {id} {OfDrafts}" : $"App {id}";
            var answer = await client.PostJsonAsync("/api/content" + (isDraft ? "?draft=true" : ""), Page(id, title));
            if (answer is { Status: HttpStatusCode.OK })
            {
                client.Ledger.Acknowledge(id, title);
                await MustBeReadAsync(client, id, title);
            }
            else if (answer is { Status: HttpStatusCode.Unauthorized }) await client.SignInAppAsync();

            await PauseAsync(100, stop);
        }
    }

    /// <summary>Publishes one item again and again; what was acknowledged is what is read.</summary>
    public static async Task PublishAsync(Client client, CancellationToken stop)
    {
        await client.SignInAppAsync();
        const string Id = "endurance-published";
        for (var round = 1; !stop.IsCancellationRequested; round++)
        {
            var title = string.Create(CultureInfo.InvariantCulture, $"Edition {round:000000}");
            var answer = await client.PostJsonAsync("/api/content", Page(Id, title));
            if (answer is { Status: HttpStatusCode.OK })
            {
                client.Ledger.Acknowledge(Id, title);
                await MustBeReadAsync(client, Id, title);
            }

            await PauseAsync(1000, stop);
        }
    }

    /// <summary>Writes drafts in the admin, each saved several times, through the forms as a browser sends them.</summary>
    public static async Task EditAsync(Client client, int number, CancellationToken stop)
    {
        await SignInAsync(client, stop);
        string? page = null;
        for (var round = 0; !stop.IsCancellationRequested; round++)
        {
            if (round % 5 == 0) page = null;
            var path = page ?? "/Admin/Contents/ContentTypes/Page/Create";
            if (await FormAsync(client, path, "form.editor") is { } form)
            {
                var title = string.Create(CultureInfo.InvariantCulture, $"Editor {number}-{round} {OfDrafts}");
                form["TitlePart.Title"] = title;
                form["Page.Summary.Text"] = "Short.";
                form["command"] = "draft";
                if (await client.PostFormAsync(path, form) is { Status: HttpStatusCode.Redirect or HttpStatusCode.SeeOther, Location: { } location })
                {
                    page = location.IsAbsoluteUri ? location.PathAndQuery : location.OriginalString;
                    if (page.Contains("/Login", StringComparison.Ordinal)) (page, _) = (null, await SignInAsync(client, stop));
                    else client.Ledger.Acknowledge(page.Split('/', '?')[4], title);
                }
            }
            else if (!stop.IsCancellationRequested && await client.GetAsync("/Admin") is { Status: HttpStatusCode.Redirect or HttpStatusCode.Found }) await SignInAsync(client, stop);

            await PauseAsync(300, stop);
        }
    }

    private static async Task<bool> SignInAsync(Client client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await FormAsync(client, "/Login", "form") is { } form)
            {
                form["user"] = "admin";
                form["password"] = SiteProcess.Password;
                if (await client.PostFormAsync("/Login", form) is { Status: HttpStatusCode.Redirect or HttpStatusCode.SeeOther }) return true;
            }

            await PauseAsync(500, stop);
        }

        return false;
    }

    /// <summary>What a browser would send of a form that nobody touched, without its buttons.</summary>
    private static async Task<Dictionary<string, string>?> FormAsync(Client client, string path, string selector)
    {
        if (await client.GetAsync(path) is not { Status: HttpStatusCode.OK } answer) return null;
        using var document = new HtmlParser().ParseDocument(answer.Body);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var element in document.QuerySelector(selector)?.QuerySelectorAll("input[name], textarea[name], select[name]") ?? throw new InvalidOperationException($"No form at {path}."))
        {
            var value = element switch
            {
                IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "file" or "submit" } => null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement text => text.Value,
                IHtmlSelectElement select => select.Value,
                _ => null,
            };
            if (value is not null) values[element.GetAttribute("name")!] = value;
        }

        return values;
    }

    private static async Task MustBeReadAsync(Client client, string id, string title)
    {
        if (await TitleAsync(client, id) is { } stored && stored != title) client.Ledger.Fault($"an acknowledged write of {id.Split('-')[1]} was not read");
    }

    /// <summary>The title of the latest version as the API tells it, empty where it knows no such item, null where it did not answer.</summary>
    public static async Task<string?> TitleAsync(Client client, string id) =>
        await client.QueryAsync($$"""{ page(status: LATEST, where: { contentItemId: "{{id}}" }) { displayText } }""") is { } data
            ? data["page"]?.AsArray().FirstOrDefault()?["displayText"]?.ToString() ?? ""
            : null;

    private static JsonObject Page(string id, string title) => new()
    {
        ["ContentItemId"] = id,
        ["ContentType"] = "Page",
        ["TitlePart"] = new JsonObject { ["Title"] = title },
        ["LocalizationPart"] = new JsonObject { ["Culture"] = "en", ["LocalizationSet"] = "set-" + id },
        ["Page"] = new JsonObject { ["Summary"] = new JsonObject { ["Text"] = "Short." } },
        ["HtmlBodyPart"] = new JsonObject { ["Html"] = $"<p>{title}</p>" },
    };

    private static async Task PauseAsync(int milliseconds, CancellationToken stop) =>
        await Task.Delay(milliseconds, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
