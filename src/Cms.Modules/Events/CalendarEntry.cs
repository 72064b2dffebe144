using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cms.Core.Content;
using Cms.Platform.Html;
using Cms.Platform.Localization.Scripts;
using Cms.Platform.Theming;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>When an event is, in its own time zone, and whether it still is.</summary>
/// <param name="Item">The event.</param>
/// <param name="Start">Its beginning; midnight of its first day when it lasts all day.</param>
/// <param name="End">Its end, or null where it names none; when it lasts all day, midnight after its last day.</param>
public sealed partial record CalendarEntry(ContentItem Item, ZonedDateTime Start, ZonedDateTime? End, bool IsAllDay)
{
    public const string ContentType = "Event";

    public string Title => Item.DisplayText ?? "";

    /// <summary>The title, which says by itself in a calendar that the event waits for another day.</summary>
    public string Heading => IsPostponed ? $"({Postponed}) {Title}" : Title;

    public string Summary => Text("Summary");

    /// <summary>The agenda as plain text, a line for each of its items.</summary>
    public string Agenda =>
        string.Join('\n', LineEnd().Split((Part[nameof(Agenda)] as JsonObject)?.TextOf("Html") ?? "").Select(HtmlToText.Read).Where(line => line.Length > 0));

    /// <summary>Where it is: the venue, or the address under which it is held online.</summary>
    public string Location => Text("Venue") is { Length: > 0 } venue ? venue : (Part["OnlineLink"] as JsonObject)?.TextOf("Url") ?? "";

    public string Organiser => Text("Organiser");

    public bool IsCancelled => Text("Status") == "cancelled";

    public bool IsPostponed => Text("Status") == "postponed";

    /// <summary>The days on which it is, the first and the last of them.</summary>
    public (LocalDate First, LocalDate Last) Days
    {
        get
        {
            if (End is not { } end || end.ToInstant() <= Start.ToInstant()) return (Start.Date, Start.Date);

            // What ends at midnight does not reach into the day that begins then.
            return (Start.Date, end.TimeOfDay == LocalTime.Midnight ? end.Date.PlusDays(-1) : end.Date);
        }
    }

    /// <summary>When it is over. One that names no end is on until its day ends: nobody who comes late should find it among the past.</summary>
    public Instant Over => (End ?? Start.Date.PlusDays(1).AtStartOfDayInZone(Start.Zone)).ToInstant();

    private string Postponed => (Item.Culture ?? "").ToLowerInvariant() switch { "sq" => "Shtyhet", "sr-latn" => "Odloženo", "sr-cyrl" => "Одложено", _ => "Postponed" };

    private JsonObject Part => Item.Part(ContentType) ?? [];

    /// <summary>Null for an item of another type, or without a beginning.</summary>
    public static CalendarEntry? Read(ContentItem? item, string siteZone)
    {
        if (item?.ContentType != ContentType || item.Part(ContentType) is not { } part || Moment(part, "Start") is not { } start) return null;
        var zones = DateTimeZoneProviders.Tzdb;
        var zone = zones.GetZoneOrNull((part["TimeZone"] as JsonObject)?.TextOf("Text") ?? "") ?? zones.GetZoneOrNull(siteZone) ?? DateTimeZone.Utc;
        var isAllDay = (part["AllDay"] as JsonObject)?.FlagOf("Value") == true;
        ZonedDateTime? end = Moment(part, "End") is { } last && last >= start ? last.InZone(zone) : null;
        var entry = new CalendarEntry(item, start.InZone(zone), end, isAllDay);
        if (!isAllDay) return entry;
        return entry with { Start = entry.Start.Date.AtStartOfDayInZone(zone), End = entry.Days.Last.PlusDays(1).AtStartOfDayInZone(zone) };
    }

    /// <summary>The full address of its page, in the reader's script.</summary>
    public string Address(ReadersData reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return reader.Address(ContentAccess.UrlOf(Item), Item.Culture ?? "");
    }

    public bool IsOngoing(Instant now) => !IsCancelled && !IsPostponed && Start.ToInstant() <= now && now < Over;

    private string Text(string field) => (Part[field] as JsonObject)?.TextOf("Text")?.Trim() ?? "";

    [GeneratedRegex(@"</(?:li|p|h[1-6]|tr)>|<br\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    private static Instant? Moment(JsonObject part, string field) =>
        (part[field] as JsonObject)?.MomentOf("Value") is { } moment ? Instant.FromDateTimeUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc)) : null;
}
