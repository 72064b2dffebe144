using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Publishing;

/// <summary>Calendar files checked against RFC 5545 by a reader of their own, and the months' pages.</summary>
public sealed class CalendarTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>The file's properties, by component and name, after unfolding and unescaping; fails where the file breaks the rules.</summary>
    private static List<(string Component, string Name, string Value)> Read(byte[] file)
    {
        var text = Encoding.UTF8.GetString(file);
        text.ShouldEndWith("\r\n");
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
        foreach (var line in text.Split("\r\n")) Encoding.UTF8.GetByteCount(line).ShouldBeLessThanOrEqualTo(75, line);
        var open = new Stack<string>();
        var found = new List<(string, string, string)>();
        foreach (var line in text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            colon.ShouldBeGreaterThan(0, line);
            var (name, value) = (line[..colon], line[(colon + 1)..]);
            if (name == "BEGIN") open.Push(value);
            else if (name == "END") open.Pop().ShouldBe(value);
            else found.Add((open.Peek(), name, name is "SUMMARY" or "DESCRIPTION" or "LOCATION" ? Unescaped(value) : value));
        }

        open.ShouldBeEmpty();
        return found;
    }

    private static string Unescaped(string value)
    {
        var result = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            (value[i] is ',' or ';').ShouldBeFalse($"{value[i]} must be escaped in “{value}”");
            if (value[i] != '\\') result.Append(value[i]);
            else result.Append(value[++i] switch { 'n' or 'N' => '\n', var c and ('\\' or ',' or ';') => c, var c => throw new FormatException($"\\{c}") });
        }

        return result.ToString();
    }

    private async Task<ContentItem> PublishAsync(string title, string start, string? end, Action<JsonObject>? change = null)
    {
        await using var scope = site.NewScope();
        var type = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Event")!;
        var item = await scope.ServiceProvider.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = title;
        var part = item.GetOrAdd("Event");
        part["Summary"] = new JsonObject { ["Text"] = "One, two; three\\four" };
        part["Start"] = new JsonObject { ["Value"] = start };
        if (end is not null) part["End"] = new JsonObject { ["Value"] = end };
        part["AllDay"] = new JsonObject { ["Value"] = false };
        part["TimeZone"] = new JsonObject { ["Text"] = "Europe/Belgrade" };
        part["Organiser"] = new JsonObject { ["Text"] = "Balkans Policy Research Group" };
        part["Format"] = new JsonObject { ["Text"] = "in-person" };
        part["Venue"] = new JsonObject { ["Text"] = "Hall A, Pristina" };
        change?.Invoke(part);
        var result = await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(item, Cancel);
        result.Problems.ShouldBeEmpty();
        return result.Item;
    }

    [Theory]
    [InlineData("en", "Kosovo and Serbia")]
    [InlineData("sq", "Punëtori")]
    [InlineData("sr", "radionica")]
    public async Task A_language_s_events_are_one_valid_calendar(string language, string word)
    {
        var response = await _client.GetAsync($"/{language}/events.ics", Cancel);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        var read = Read(await response.Content.ReadAsByteArrayAsync(Cancel));
        read.ShouldContain(property => property.Name == "SUMMARY" && property.Value.Contains(word));
        var ids = read.Where(property => property.Name == "UID").Select(property => property.Value).ToList();
        ids.ShouldBeUnique();
        ids.ShouldContain($"evt-workshop-2020-{language}@event.cms");
        read.Count(property => property is { Component: "VEVENT", Name: "LAST-MODIFIED" }).ShouldBe(ids.Count);
        read.Count(property => property is { Component: "VEVENT", Name: "DTSTAMP" }).ShouldBe(ids.Count);
    }

    [Fact]
    public async Task An_event_that_lasts_all_day_is_on_its_day_in_its_own_zone()
    {
        var read = Read(await _client.GetByteArrayAsync("/events/evt-workshop-2020-en.ics", Cancel));
        read.ShouldContain(("VEVENT", "DTSTART;VALUE=DATE", "20200724"));
        read.ShouldContain(("VEVENT", "DTEND;VALUE=DATE", "20200725"));
    }

    [Theory]
    [InlineData("2031-07-01T08:00:00Z", "20310701T100000")]
    [InlineData("2031-12-01T08:00:00Z", "20311201T090000")]
    public async Task An_event_at_a_time_carries_its_zone_and_survives_all_marks(string start, string local)
    {
        const string title = "Round table: ‘A, B; C\\D’ — šćđž ënë, with a title that is much longer than one line of a calendar file may be";
        var item = await PublishAsync(title, start, null);
        var read = Read(await _client.GetByteArrayAsync($"/events/{item.ContentItemId}.ics", Cancel));
        read.ShouldContain(("VEVENT", "SUMMARY", title));
        read.ShouldContain(("VEVENT", "DTSTART;TZID=Europe/Belgrade", local));
        read.ShouldContain(("VTIMEZONE", "TZID", "Europe/Belgrade"));
        read.ShouldContain(("VEVENT", "LOCATION", "Hall A, Pristina"));
        read.Single(property => property.Name == "DESCRIPTION").Value.ShouldStartWith("One, two; three\\four\n\nhttp://localhost/en/events/round-table");
    }

    [Fact]
    public async Task A_cancelled_event_says_so_and_keeps_its_id()
    {
        var item = await PublishAsync("To be cancelled", "2031-03-03T08:00:00Z", "2031-03-03T09:00:00Z", part => part["Status"] = new JsonObject { ["Text"] = "cancelled" });
        var read = Read(await _client.GetByteArrayAsync($"/events/{item.ContentItemId}.ics", Cancel));
        read.ShouldContain(("VEVENT", "STATUS", "CANCELLED"));
        read.ShouldContain(("VEVENT", "UID", $"{item.ContentItemId}@event.cms"));
        var html = await _client.GetStringAsync("/" + item.Part("AutoroutePart")!.TextOf("Path"), Cancel);
        html.ShouldContain("This event was cancelled.");
        html.ShouldContain($"href=\"/events/{item.ContentItemId}.ics\"");
        html.ShouldContain("https://schema.org/EventCancelled");
    }

    [Fact]
    public async Task A_month_shows_its_events_on_their_days()
    {
        await PublishAsync("Three days long", "2026-10-30T08:00:00Z", "2026-11-01T16:00:00Z");
        var page = new HtmlParser().ParseDocument(await _client.GetStringAsync("/en/calendar/2026/11", Cancel));
        page.QuerySelector("h1")!.TextContent.ShouldBe("November 2026");
        page.QuerySelectorAll("td.busy time").Select(day => day.GetAttribute("datetime")).Where(day => string.CompareOrdinal(day, "2026-11-02") < 0).ShouldBe(["2026-10-30", "2026-10-31", "2026-11-01"]);
        page.QuerySelectorAll("tbody tr").Length.ShouldBe(6);
        page.QuerySelector("a[rel=next]")!.GetAttribute("href").ShouldBe("/en/calendar/2026/12");
    }

    [Theory]
    [InlineData("/sr/calendar/2020/07", "jul 2020", "pon")]
    [InlineData("/sq/calendar/2020/07", "korrik 2020", "hën")]
    public async Task A_month_speaks_its_language(string path, string name, string monday)
    {
        var html = await _client.GetStringAsync(path, Cancel);
        html.ShouldContain(name);
        html.ShouldContain($"<th scope=\"col\">{monday}");
    }

    [Theory]
    [InlineData("/en/calendar/1999/01")]
    [InlineData("/en/calendar/9998/01")]
    [InlineData("/en/calendar/2020/7")]
    [InlineData("/en/calendar/2020/13")]
    [InlineData("/de/calendar/2020/07")]
    [InlineData("/events/home-en.ics")]
    [InlineData("/events/nothing.ics")]
    public async Task Months_and_events_that_do_not_exist_are_not_found(string path) => (await _client.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Apps_ask_for_upcoming_and_past_events()
    {
        var item = await PublishAsync("Far ahead", "2150-01-01T08:00:00Z", null);
        const string query = "{ upcomingEvents { contentItemId } pastEvents { contentItemId } }";
        var data = JsonNode.Parse(await _client.GetStringAsync("/api/graphql?query=" + Uri.EscapeDataString(query), Cancel))!["data"]!;
        data["upcomingEvents"]!.ToJsonString().ShouldContain(item.ContentItemId);
        data["pastEvents"]!.ToJsonString().ShouldContain("evt-workshop-2020-en");
        data["pastEvents"]!.ToJsonString().ShouldNotContain(item.ContentItemId);
    }
}
