using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Publishing;

/// <summary>Every surface says the same about when an event is: in its own zone, which the reader's language names.</summary>
public sealed class EventZoneTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    private async Task<ContentItem> PublishAsync(string title, string zone, string start, string? end, bool isAllDay, string culture = "en")
    {
        await using var scope = site.NewScope();
        var type = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Event")!;
        var item = await scope.ServiceProvider.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = title;
        item.GetOrAdd("LocalizationPart")["Culture"] = culture;
        var part = item.GetOrAdd("Event");
        part["Summary"] = new JsonObject { ["Text"] = "In short" };
        part["Start"] = new JsonObject { ["Value"] = start };
        if (end is not null) part["End"] = new JsonObject { ["Value"] = end };
        part["AllDay"] = new JsonObject { ["Value"] = isAllDay };
        part["TimeZone"] = new JsonObject { ["Text"] = zone };
        part["Organiser"] = new JsonObject { ["Text"] = "Balkans Policy Research Group" };
        var result = await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(item, Cancel);
        result.Problems.ShouldBeEmpty();
        return result.Item;
    }

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> PageAsync(ContentItem item) =>
        await new HtmlParser().ParseDocumentAsync(await _client.GetStringAsync("/" + item.Part("AutoroutePart")!.TextOf("Path"), Cancel), Cancel);

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Theory]
    [InlineData("America/New_York", "2027-03-20T14:00:00Z", "2027-03-20T16:00:00Z", false, "20 March 2027, 10:00 – 12:00 Eastern Time (UTC−4)", "2027-03-20T10:00:00-04:00", "2027-03-20T12:00:00-04:00", "/en/calendar/2027/03")]
    [InlineData("UTC", "2027-03-20T14:00:00Z", "2027-03-20T16:00:00Z", false, "20 March 2027, 14:00 – 16:00 Coordinated Universal Time (UTC)", "2027-03-20T14:00:00+00:00", "2027-03-20T16:00:00+00:00", "/en/calendar/2027/03")]
    [InlineData("Europe/London", "2027-06-20T14:00:00Z", null, false, "20 June 2027, 15:00 United Kingdom Time (UTC+1)", "2027-06-20T15:00:00+01:00", null, "/en/calendar/2027/06")]
    [InlineData("Asia/Tokyo", "2027-03-31T15:00:00Z", null, true, "1 April 2027", "2027-04-01", "2027-04-01", "/en/calendar/2027/04")]
    [InlineData("Asia/Tokyo", "2027-03-31T15:00:00Z", "2027-04-02T15:00:00Z", true, "1 April 2027 – 2 April 2027", "2027-04-01", "2027-04-02", "/en/calendar/2027/04")]
    [InlineData("Asia/Kolkata", "2027-03-20T17:30:00Z", "2027-03-20T19:30:00Z", false, "20 March 2027, 23:00 – 21 March 2027, 01:00 India Standard Time (UTC+5:30)", "2027-03-20T23:00:00+05:30", "2027-03-21T01:00:00+05:30", "/en/calendar/2027/03")]
    [InlineData("Europe/Belgrade", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", false, "31 October 2027, 02:30 – 02:30 Central European Time (UTC+2)", "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00", "/en/calendar/2027/10")]
    public async Task A_page_its_data_and_its_calendars_say_the_same(string zone, string start, string? end, bool isAllDay, string text, string machineStart, string? machineEnd, string month)
    {
        var item = await PublishAsync($"When in {zone} {start} {isAllDay} {end}", zone, start, end, isAllDay);
        var page = await PageAsync(item);
        var when = page.QuerySelectorAll("dl.facts div").Single(fact => fact.QuerySelector("dt")!.TextContent == "When").QuerySelector("dd")!;
        var times = when.QuerySelectorAll("time[datetime]").Select(time => time.GetAttribute("datetime")).ToList();
        when.QuerySelector(".reader-time")?.Remove();
        Text(when).ShouldBe(text);
        times[0].ShouldBe(machineStart);
        if (times.Count > 1) times[1].ShouldBe(machineEnd);
        var schema = page.QuerySelectorAll("script[type='application/ld+json']").Select(script => JsonNode.Parse(script.TextContent)!).Single(json => json["@type"]!.ToString() == "Event");
        schema["startDate"]!.ToString().ShouldBe(machineStart);
        schema["endDate"]?.ToString().ShouldBe(machineEnd);
        page.QuerySelectorAll(".actions-line a").Select(link => link.GetAttribute("href")).ShouldContain(month);
        var file = (await _client.GetStringAsync($"/events/{item.ContentItemId}.ics", Cancel)).Replace("\r\n ", "", StringComparison.Ordinal);
        file.ShouldContain(isAllDay ? $"DTSTART;VALUE=DATE:{machineStart.Replace("-", "", StringComparison.Ordinal)}" : machineStart[..19].Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal));
        var graph = JsonNode.Parse(await _client.GetStringAsync("/api/graphql?query=" + Uri.EscapeDataString($$"""{ event(where: { contentItemId: "{{item.ContentItemId}}" }) { start timeZone allDay } }"""), Cancel))!["data"]!["event"]![0]!;
        graph["start"]!.ToString().ShouldBe(start);
    }

    [Fact]
    public async Task A_time_that_clocks_show_twice_is_kept_apart_in_calendar_files()
    {
        var item = await PublishAsync("Twice half past two", "Europe/Belgrade", "2028-10-29T00:30:00Z", "2028-10-29T01:30:00Z", isAllDay: false);
        var file = await _client.GetStringAsync($"/events/{item.ContentItemId}.ics", Cancel);
        file.ShouldContain("DTSTART;TZID=Europe/Belgrade:20281029T023000\r\n");
        file.ShouldContain("DTEND:20281029T013000Z\r\n");
    }

    [Theory]
    [InlineData("sq", "Ora e SHBA-së Lindore (UTC−4)")]
    [InlineData("sr-Latn", "Severnoameričko istočno vreme (UTC−4)")]
    public async Task Readers_see_the_zone_in_their_language(string culture, string zone)
    {
        var item = await PublishAsync($"Zone for {culture}", "America/New_York", "2027-03-20T14:00:00Z", null, isAllDay: false, culture);
        Text((await PageAsync(item)).QuerySelector("dl.facts")!).ShouldContain(zone);
        if (culture != "sr-Latn") return;
        var path = item.Part("AutoroutePart")!.TextOf("Path")!.Replace("sr/", "sr-cyrl/", StringComparison.Ordinal);
        var cyrillic = await new HtmlParser().ParseDocumentAsync(await _client.GetStringAsync("/" + path, Cancel), Cancel);
        Text(cyrillic.QuerySelector("dl.facts")!).ShouldContain("Северноамеричко источно време (UTC−4)");
    }

    /// <summary>A list names a zone where it is not that of the site, whose readers would take the time for theirs.</summary>
    [Fact]
    public async Task A_list_and_a_month_name_the_zone_of_an_event_elsewhere()
    {
        // The list shows what comes next.
        var day = DateTime.UtcNow.Date.AddDays(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await PublishAsync("Elsewhere in the list", "Asia/Tokyo", day + "T05:00:00Z", day + "T07:00:00Z", isAllDay: false);
        await PublishAsync("At home in the list", "Europe/Sarajevo", day + "T14:00:00Z", day + "T16:00:00Z", isAllDay: false);
        await PublishAsync("Elsewhere in the month", "America/New_York", "2099-03-20T14:00:00Z", "2099-03-20T16:00:00Z", isAllDay: false);
        await PublishAsync("First of the month far east", "Pacific/Kiritimati", "2099-06-29T11:00:00Z", "2099-06-29T12:00:00Z", isAllDay: false);
        var list = await new HtmlParser().ParseDocumentAsync(await _client.GetStringAsync("/en/events", Cancel), Cancel);
        Text(list.QuerySelectorAll("article.entry").Single(entry => entry.TextContent.Contains("Elsewhere in the list"))).ShouldContain(", 14:00 – 16:00 Japan Standard Time (UTC+9)");
        var home = Text(list.QuerySelectorAll("article.entry").Single(entry => entry.TextContent.Contains("At home in the list")));
        home.ShouldNotContain("UTC");
        var month = await new HtmlParser().ParseDocumentAsync(await _client.GetStringAsync("/en/calendar/2099/03", Cancel), Cancel);
        Text(month.QuerySelectorAll("td.busy li").Single(entry => entry.TextContent.Contains("Elsewhere in the month"))).ShouldStartWith("10:00 (UTC−4)");

        // A day begins half a day earlier there.
        var june = await new HtmlParser().ParseDocumentAsync(await _client.GetStringAsync("/en/calendar/2099/06", Cancel), Cancel);
        june.QuerySelectorAll("td.busy").Single(day => day.TextContent.Contains("First of the month far east")).QuerySelector("time")!.GetAttribute("datetime").ShouldBe("2099-06-30");
    }

    [Theory]
    [InlineData("/en/contact", "Time zone: Central European Time (UTC+")]
    [InlineData("/sq/kontakti", "Zona kohore: Ora e Evropës Qendrore (UTC+")]
    [InlineData("/sr/kontakt", "Vremenska zona: Srednjeevropsko vreme (UTC+")]
    [InlineData("/sr-cyrl/kontakt", "Временска зона: Средњеевропско време (UTC+")]
    public async Task The_contact_page_names_the_zone_as_readers_say_it(string path, string text)
    {
        var page = await new HtmlParser().ParseDocumentAsync(await _client.GetStringAsync(path, Cancel), Cancel);
        Text(page.QuerySelector("[aria-labelledby='hours']")!).ShouldContain(text);
        page.DocumentElement.TextContent.ShouldNotContain("Europe/Belgrade");
    }
}
