using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>Dates, times and zones as people and apps give them: through the form, the content API, a recipe and GraphQL.</summary>
public sealed class DateInputTests(AppSite site) : IClassFixture<AppSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private static JsonObject Event(string start, string? end = null, string zone = "America/New_York") => new()
    {
        ["ContentType"] = "Event",
        ["TitlePart"] = new JsonObject { ["Title"] = "At some time " + ContentId.New() },
        ["Event"] = new JsonObject
        {
            ["Summary"] = new JsonObject { ["Text"] = "In short" },
            ["Organiser"] = new JsonObject { ["Text"] = "We" },
            ["Start"] = new JsonObject { ["Value"] = start },
            ["End"] = end is null ? null : new JsonObject { ["Value"] = end },
            ["TimeZone"] = new JsonObject { ["Text"] = zone },
        },
    };

    private async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(JsonObject item, bool draft = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, draft ? "/api/content?draft=true" : "/api/content");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await site.TokenAsync(AppSite.EditorApp, Cancel));
        request.Content = new StringContent(item.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _client.SendAsync(request, Cancel);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsObject());
    }

    [Theory]
    [InlineData("2026-12-01T00:30:00+02:00", "2026-11-30T22:30:00Z")]
    [InlineData("2026-12-01T10:30", "2026-12-01T10:30:00Z")]
    [InlineData("2026-12-01", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T10:30:00Z", "2026-12-01T10:30:00Z")]
    public async Task A_moment_is_kept_in_UTC(string given, string kept)
    {
        var (status, body) = await PostAsync(Event(given));
        status.ShouldBe(HttpStatusCode.OK, body.ToJsonString());
        body["Event"]!["Start"]!["Value"]!.ToString().ShouldBe(kept);
    }

    [Theory]
    [InlineData("1.12.2026")]
    [InlineData("01/12/2026")]
    [InlineData("10:30")]
    [InlineData("2026-12-01T24:00Z")]
    [InlineData("tomorrow")]
    public async Task What_is_not_ISO_8601_is_refused_by_field(string given)
    {
        foreach (var draft in new[] { false, true })
        {
            var (status, body) = await PostAsync(Event(given), draft);
            status.ShouldBe(HttpStatusCode.BadRequest);
            body["errors"]!["Event.Start"]![0]!.ToString().ShouldBe($"Starts: “{given}” is not a date and time; write it as 2026-12-31T14:30:00Z.");
        }
    }

    [Theory]
    [InlineData("2026-12-01T00:30:00+02:00", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T23:30:00-05:00", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01", "2026-12-01T00:00:00Z")]
    [InlineData("1.12.2026", null)]
    public async Task A_date_keeps_its_own_day(string given, string? kept)
    {
        var (status, body) = await PostAsync(new JsonObject
        {
            ["ContentType"] = "NewsPost",
            ["TitlePart"] = new JsonObject { ["Title"] = "On a day " + ContentId.New() },
            ["NewsPost"] = new JsonObject { ["Summary"] = new JsonObject { ["Text"] = "In short" }, ["Date"] = new JsonObject { ["Value"] = given } },
        });
        status.ShouldBe(kept is null ? HttpStatusCode.BadRequest : HttpStatusCode.OK, body.ToJsonString());
        if (kept is null) body["errors"]!["NewsPost.Date"]![0]!.ToString().ShouldEndWith("write it as 2026-12-31.");
        else body["NewsPost"]!["Date"]!["Value"]!.ToString().ShouldBe(kept);
    }

    [Theory]
    [InlineData("Mars/Olympus", "2027-03-20T14:00:00Z", "2027-03-20T16:00:00Z", "Event.TimeZone", "there is no time zone “Mars/Olympus”")]
    [InlineData("Central European Standard Time", "2027-03-20T14:00:00Z", null, "Event.TimeZone", "such as Europe/Belgrade")]
    [InlineData("Europe/Belgrade", "2027-03-20T14:00:00Z", "2027-03-20T13:59:59Z", "Event.End", "Ends (2027-03-20T13:59:59Z) can't be before Starts (2027-03-20T14:00:00Z).")]
    public async Task An_unknown_zone_and_an_end_before_the_start_are_refused_by_field(string zone, string start, string? end, string path, string message)
    {
        foreach (var draft in new[] { false, true })
        {
            var (status, body) = await PostAsync(Event(start, end, zone), draft);
            status.ShouldBe(HttpStatusCode.BadRequest);
            body["errors"]![path]![0]!.ToString().ShouldContain(message);
        }

        var item = Event(start, end, zone);
        item["ContentItemId"] = ContentId.New();
        item["Latest"] = true;
        item["Published"] = true;
        var recipe = new JsonObject { ["name"] = "Wrong", ["steps"] = new JsonArray(new JsonObject { ["name"] = "content", ["data"] = new JsonArray(item) }) };
        await using var scope = site.NewScope();
        var failure = await Should.ThrowAsync<RecipeException>(async () => await scope.ServiceProvider.GetRequiredService<RecipeExecutor>().ExecuteAsync(Recipe.Read("test.recipe.json", recipe.ToJsonString(), new Microsoft.Extensions.FileProviders.NullFileProvider()), new RecipeOptions(), Cancel));
        failure.Message.ShouldContain(message);
    }

    /// <summary>Shown or refused, but never the end of a page or a list.</summary>
    [Theory]
    [InlineData("9999-12-31T22:30:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-12:00")]
    public async Task The_ends_of_time_break_no_page(string start)
    {
        var (status, body) = await PostAsync(Event(start));
        status.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
        if (status != HttpStatusCode.OK) return;
        var id = body["ContentItemId"]!.ToString();
        (await _client.GetAsync("/" + body["AutoroutePart"]!["Path"], Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync("/en/events", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync("/en/events.ics", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _client.GetAsync($"/events/{id}.ics", Cancel)).StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NotFound);
        (await GraphAsync($$"""{ event(where: { contentItemId: "{{id}}" }) { start render } upcomingEvents { contentItemId } }"""))["errors"].ShouldBeNull();
        using var editor = await SignedIn.AdministratorAsync(site, Cancel);
        (await editor.GetAsync($"/Admin/Contents/ContentItems/{id}/Edit", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("event(where: { start_gt: \"1.12.2026\" })")]
    [InlineData("event(where: { start_lt: \"10:30\" })")]
    [InlineData("event(where: { modifiedUtc_gte: \"01/12/2026\" })")]
    [InlineData("newsPost(where: { date: \"1.12.2026\" })")]
    public async Task GraphQL_takes_no_other_dates_in_filters(string list)
    {
        var answer = await GraphAsync($$"""{ {{list}} { contentItemId } }""");
        answer["errors"]![0]!["message"]!.ToString().ShouldContain("Date");
        answer["data"].ShouldBeNull();
    }

    private async Task<JsonObject> GraphAsync(string query) =>
        JsonNode.Parse(await (await _client.GetAsync("/api/graphql?query=" + Uri.EscapeDataString(query), Cancel)).Content.ReadAsStringAsync(Cancel))!.AsObject();

    [Fact]
    public async Task The_form_names_the_zone_in_which_times_are_typed_and_reads_them_in_the_one_that_is_sent()
    {
        var (_, added) = await PostAsync(Event("2027-03-20T14:00:00Z", "2027-03-20T16:00:00Z"));
        var id = added["ContentItemId"]!.ToString();
        using var editor = await SignedIn.AdministratorAsync(site, Cancel);
        var form = await FormAsync(editor, id);
        Value(form, "Event.Start.Value").ShouldStartWith("2027-03-20T10:00");
        Value(form, "Event.TimeZone.Text").ShouldBe("America/New_York");
        form.GetElementById("Event.Start.Value-help")!.TextContent.ShouldBe("In the time zone that the field “Time zone” names, now Eastern Time (America/New_York).");
        form.Body!.TextContent.ShouldNotContain("In UTC.");

        // Nothing typed, nothing changed.
        await SubmitAsync(editor, form, id);
        (await StoredAsync(id)).ShouldBe(("2027-03-20T14:00:00Z", "2027-03-20T16:00:00Z"));

        // Another zone alone: the clocks show there what they showed here.
        await SubmitAsync(editor, await FormAsync(editor, id), id, ("Event.TimeZone.Text", "Asia/Kolkata"));
        (await StoredAsync(id)).ShouldBe(("2027-03-20T04:30:00Z", "2027-03-20T06:30:00Z"));

        // Zone and time in one.
        await SubmitAsync(editor, await FormAsync(editor, id), id, ("Event.TimeZone.Text", "Europe/London"), ("Event.Start.Value", "2027-06-20T09:00"), ("Event.End.Value", "2027-06-20T11:00"));
        (await StoredAsync(id)).ShouldBe(("2027-06-20T08:00:00Z", "2027-06-20T10:00:00Z"));
        Value(await FormAsync(editor, id), "Event.Start.Value").ShouldStartWith("2027-06-20T09:00");

        // What can't be is told at its field, with what was typed.
        var refused = await SubmitAsync(editor, await FormAsync(editor, id), id, ("Event.End.Value", "2027-06-20T08:00"));
        refused.GetElementById("Event.End.Value-problem")!.TextContent.ShouldContain("can't be before Starts");
        Value(refused, "Event.End.Value").ShouldStartWith("2027-06-20T08:00");
        refused = await SubmitAsync(editor, await FormAsync(editor, id), id, ("Event.TimeZone.Text", "Mars/Olympus"), ("Event.Start.Value", "2027-06-20T09:30"));
        refused.GetElementById("Event.TimeZone.Text-problem")!.TextContent.ShouldContain("there is no time zone “Mars/Olympus”");
        Value(refused, "Event.Start.Value").ShouldStartWith("2027-06-20T09:30");
    }

    private static async Task<IHtmlDocument> FormAsync(HttpClient editor, string id) =>
        await new HtmlParser().ParseDocumentAsync(await editor.GetStringAsync($"/Admin/Contents/ContentItems/{id}/Edit", Cancel), Cancel);

    /// <summary>Sends the form as a browser does, with some values typed over; the page that answers.</summary>
    private static async Task<IHtmlDocument> SubmitAsync(HttpClient editor, IHtmlDocument page, string id, params (string Name, string Value)[] typed)
    {
        var form = page.QuerySelector("form.editor")!;
        var fields = form.QuerySelectorAll("input[name], select[name], textarea[name]").SelectMany(Sent).Where(field => typed.All(other => other.Name != field.Key))
            .Concat(typed.Select(field => KeyValuePair.Create(field.Name, field.Value))).Append(KeyValuePair.Create("command", "publish"));
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        using var answer = await editor.PostAsync($"/Admin/Contents/ContentItems/{id}/Edit", content, Cancel);
        return await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancel), Cancel);
    }

    private static IEnumerable<KeyValuePair<string, string>> Sent(AngleSharp.Dom.IElement input) => input switch
    {
        IHtmlInputElement { Type: "checkbox", IsChecked: false } or IHtmlInputElement { Type: "file" } => [],
        IHtmlInputElement box => [KeyValuePair.Create(box.Name!, box.Value)],
        IHtmlSelectElement select => select.Options.Where(option => option.IsSelected).Select(option => KeyValuePair.Create(select.Name!, option.Value)),
        IHtmlTextAreaElement area => [KeyValuePair.Create(area.Name!, area.Value)],
        _ => [],
    };

    private static string Value(IHtmlDocument page, string name)
    {
        var input = page.GetElementById(name);
        return (input is IHtmlSelectElement select ? select.Value : ((IHtmlInputElement)input!).Value) ?? "";
    }

    private async Task<(string?, string?)> StoredAsync(string id)
    {
        await using var scope = site.NewScope();
        var part = (await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync(id, ContentStatus.Published, Cancel))!.Part("Event")!;
        return (part["Start"]!["Value"]!.ToString(), part["End"]!["Value"]!.ToString());
    }
}
