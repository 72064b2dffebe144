using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Publishing;

/// <summary>Which events are coming, on or past, by a clock that the tests set.</summary>
public sealed class EventTimeTests(Site site) : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly SetClock _clock = new();

    private WebApplicationFactory<Program>? _host;

    private HttpClient Client()
    {
        _host ??= site.WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(_clock)).UseSetting("Cms:OutputCache", "false"));
        return _host.CreateClient();
    }

    public void Dispose() => _host?.Dispose();

    private async Task<ContentItem> PublishAsync(string title, string zone, string start, string? end, bool isAllDay)
    {
        await using var scope = site.NewScope();
        var type = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Event")!;
        var item = await scope.ServiceProvider.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = title;
        var part = item.GetOrAdd("Event");
        part["Summary"] = new JsonObject { ["Text"] = "In short" };
        part["Start"] = new JsonObject { ["Value"] = start };
        if (end is not null) part["End"] = new JsonObject { ["Value"] = end };
        part["AllDay"] = new JsonObject { ["Value"] = isAllDay };
        part["TimeZone"] = new JsonObject { ["Text"] = zone };
        part["Organiser"] = new JsonObject { ["Text"] = "Balkans Policy Research Group" };
        part["Venue"] = new JsonObject { ["Text"] = "Hall A, Pristina" };
        part["Agenda"] = new JsonObject { ["Html"] = "<ul><li>First &amp; foremost</li><li>Then</li></ul>" };
        var result = await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(item, Cancel);
        result.Problems.ShouldBeEmpty();
        return result.Item;
    }

    private async Task<bool> IsPastAsync(HttpClient client, ContentItem item, string now)
    {
        _clock.Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        const string query = "{ upcomingEvents { contentItemId } pastEvents { contentItemId } }";
        var data = JsonNode.Parse(await client.GetStringAsync("/api/graphql?query=" + Uri.EscapeDataString(query), Cancel))!["data"]!;
        var isPast = data["pastEvents"]!.ToJsonString().Contains(item.ContentItemId, StringComparison.Ordinal);
        data["upcomingEvents"]!.ToJsonString().Contains(item.ContentItemId, StringComparison.Ordinal).ShouldBe(!isPast, now);
        return isPast;
    }

    // The clock of the database on PostgreSQL is its own; there the row that the queries look at is the same.
    [Theory]
    [InlineData("Europe/Belgrade", "2041-06-09T22:00:00Z", null, true, "2041-06-10T21:59:59Z")]
    [InlineData("Europe/Belgrade", "2041-06-10T10:00:00Z", null, true, "2041-06-10T21:59:59Z")]
    [InlineData("Pacific/Kiritimati", "2041-06-09T10:00:00Z", null, true, "2041-06-10T09:59:59Z")]
    [InlineData("America/Los_Angeles", "2041-06-10T07:00:00Z", "2041-06-12T07:00:00Z", true, "2041-06-12T06:59:59Z")]
    [InlineData("America/Los_Angeles", "2041-06-10T07:00:00Z", "2041-06-12T12:00:00Z", true, "2041-06-13T06:59:59Z")]
    [InlineData("Europe/Belgrade", "2041-03-30T23:00:00Z", null, true, "2041-03-31T21:59:59Z")]
    [InlineData("Europe/Belgrade", "2041-06-10T08:00:00Z", "2041-06-12T15:00:00Z", false, "2041-06-12T14:59:59Z")]
    [InlineData("Europe/Belgrade", "2041-06-10T08:00:00Z", null, false, "2041-06-10T21:59:59Z")]
    public async Task An_event_is_coming_until_it_ends_in_its_own_zone(string zone, string start, string? end, bool isAllDay, string last)
    {
        var item = await PublishAsync("To the last moment", zone, start, end, isAllDay);
        using var client = Client();
        var before = DateTimeOffset.Parse(last, System.Globalization.CultureInfo.InvariantCulture);
        (await IsPastAsync(client, item, last)).ShouldBeFalse();
        (await IsPastAsync(client, item, before.AddSeconds(2).ToString("O"))).ShouldBeTrue();
        (await IsPastAsync(client, item, "2041-01-01T00:00:00Z")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_says_that_an_event_is_on_from_its_beginning_to_its_end()
    {
        var item = await PublishAsync("On for three days", "Europe/Belgrade", "2042-06-10T08:00:00Z", "2042-06-12T15:00:00Z", isAllDay: false);
        using var client = Client();
        foreach (var (now, isOn) in new[] { ("2042-06-10T07:59:59Z", false), ("2042-06-10T08:00:00Z", true), ("2042-06-12T14:59:59Z", true), ("2042-06-12T15:00:00Z", false) })
        {
            _clock.Now = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
            (await client.GetStringAsync("/" + item.Part("AutoroutePart")!.TextOf("Path"), Cancel)).Contains("Happening now", StringComparison.Ordinal).ShouldBe(isOn, now);
        }
    }

    /// <summary>Exhibitions last longer than a month, and are on in each.</summary>
    [Fact]
    public async Task A_month_shows_what_began_long_before_and_is_still_on()
    {
        await PublishAsync("Long exhibition", "Europe/Belgrade", "2044-02-10T08:00:00Z", "2044-06-20T15:00:00Z", isAllDay: false);
        await PublishAsync("Last event of all", "Europe/Belgrade", "2044-07-10T08:00:00Z", "2044-07-10T15:00:00Z", isAllDay: false);
        var client = site.CreateClient();
        foreach (var (month, isOn) in new[] { ("2044/01", false), ("2044/02", true), ("2044/04", true), ("2044/06", true), ("2044/07", false) })
            (await client.GetStringAsync($"/en/calendar/{month}", Cancel)).Contains("Long exhibition", StringComparison.Ordinal).ShouldBe(isOn, month);
    }

    [Fact]
    public async Task Calendars_on_the_web_are_offered_the_event_in_UTC_by_plain_links()
    {
        var item = await PublishAsync("A & B: “ëđ”", "Europe/Belgrade", "2043-06-10T08:00:00Z", "2043-06-10T09:30:00Z", isAllDay: false);
        var html = await site.CreateClient().GetStringAsync("/" + item.Part("AutoroutePart")!.TextOf("Path"), Cancel);
        html.ShouldContain("https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=A%20%26%20B%3A%20%E2%80%9C%C3%AB%C4%91%E2%80%9D&amp;dates=20430610T080000Z%2F20430610T093000Z&amp;");
        html.ShouldContain("&amp;startdt=2043-06-10T08%3A00%3A00Z&amp;enddt=2043-06-10T09%3A30%3A00Z&amp;allday=false&amp;");
        var allDay = await site.CreateClient().GetStringAsync("/sr-cyrl/dogadjaji/" + (await SeededPathAsync()).Split('/')[^1], Cancel);
        allDay.ShouldContain("dates=20200724%2F20200725&amp;");
        allDay.ShouldContain("startdt=2020-07-24&amp;enddt=2020-07-25&amp;allday=true");
        allDay.ShouldContain(Uri.EscapeDataString("Косова"));
        allDay.ShouldContain("Дневни ред");
    }

    [Fact]
    public async Task The_agenda_is_shown_on_the_page_and_kept_in_calendars_line_by_line()
    {
        var item = await PublishAsync("With an agenda", "Europe/Belgrade", "2044-06-10T08:00:00Z", null, isAllDay: false);
        using var client = site.CreateClient();
        var html = await client.GetStringAsync("/" + item.Part("AutoroutePart")!.TextOf("Path"), Cancel);
        html.ShouldContain("<h2 id=\"agenda\">Agenda</h2>");
        html.ShouldContain("<li>First &amp; foremost</li>");
        var file = (await client.GetStringAsync($"/events/{item.ContentItemId}.ics", Cancel)).Replace("\r\n ", "", StringComparison.Ordinal);
        file.ShouldContain(@"DESCRIPTION:In short\n\nFirst & foremost\nThen\n\nhttp://localhost/en/events/with-an-agenda");
    }

    [Theory]
    [InlineData("/sr-cyrl/events.ics", "Косова")]
    [InlineData("/sr-cyrl/feeds/events.json", "Косова")]
    [InlineData("/sr-cyrl/feeds/events.atom", "Косова")]
    [InlineData("/sr-cyrl/agreements.csv", "Слобода кретања")]
    [InlineData("/sr-cyrl/agreements.json", "Слобода кретања")]
    public async Task Data_for_readers_of_Cyrillic_is_in_Cyrillic_and_leads_to_their_pages(string path, string word)
    {
        using var client = site.CreateClient();
        var data = (await client.GetStringAsync(path, Cancel)).Replace("\r\n ", "", StringComparison.Ordinal);
        data.ShouldContain(word);
        data.ShouldContain("http://localhost/sr-cyrl/");
        data.ShouldNotContain("http://localhost/sr/");

        // Facets hold the values that filters take.
        if (path.EndsWith("agreements.json", StringComparison.Ordinal))
        {
            var json = JsonNode.Parse(data)!.AsObject();
            json["language"]!.ToString().ShouldBe("sr-Cyrl");
            json["facets"]!["topic"]!.AsArray().ShouldContain(topic => topic!["label"]!.ToString() == "Трговина");
            json.Remove("facets");
            data = json.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        }

        foreach (var latin in new[] { "š", "đ", "č", "ć", "ž" }) data.ShouldNotContain(latin);
    }

    private async Task<string> SeededPathAsync()
    {
        await using var scope = site.NewScope();
        var item = await scope.ServiceProvider.GetRequiredService<IContentStore>().FindAsync("evt-workshop-2020-sr", ContentStatus.Published, Cancel);
        return item!.Part("AutoroutePart")!.TextOf("Path")!;
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset? Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now ?? base.GetUtcNow();
    }
}

/// <summary>The same queries in PostgreSQL's SQL, whose clock no test sets.</summary>
public sealed class PostgresEventTimeTests(PostgresSite site)
{
    [Fact]
    public async Task Seeded_events_are_past()
    {
        using var client = site.OrSkip().CreateClient();
        const string query = "{ upcomingEvents { contentItemId } pastEvents { contentItemId } }";
        var data = JsonNode.Parse(await client.GetStringAsync("/api/graphql?query=" + Uri.EscapeDataString(query), TestContext.Current.CancellationToken))!["data"]!;
        data["pastEvents"]!.ToJsonString().ShouldContain("evt-workshop-2020-en");
        data["upcomingEvents"]!.ToJsonString().ShouldNotContain("evt-workshop-2020-en");
    }
}
