using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace Cms.Modules.Events;

/// <summary>
/// When an event is, in its own time zone. Pages, lists, months, calendar files, JSON-LD, links to calendars on the web and the index of
/// ends all ask here.
/// </summary>
/// <param name="Start">Its beginning; the start of its first day when it lasts all day.</param>
/// <param name="End">Its end, or null where it names none; when it lasts all day, the start of the day after its last.</param>
/// <param name="IsAllDay">It has days, and no times.</param>
public sealed record EventTime(ZonedDateTime Start, ZonedDateTime? End, bool IsAllDay)
{
    /// <summary>Moments outside have no day before or after them that every zone's calendar could name.</summary>
    public static readonly DateTime Earliest = new(1, 1, 3, 0, 0, 0, DateTimeKind.Utc);

    public static readonly DateTime Latest = new(9999, 12, 29, 0, 0, 0, DateTimeKind.Utc);

    private const string Day = "uuuu-MM-dd";

    public DateTimeZone Zone => Start.Zone;

    /// <summary>The days on which it is, the first and the last of them.</summary>
    public (LocalDate First, LocalDate Last) Days
    {
        get
        {
            // What ends at the start of a day does not reach into it.
            var last = End is { } end && end.ToInstant() > Start.ToInstant() ? (end.ToInstant() - Duration.Epsilon).InZone(Zone) : Start;
            return (Start.Date, last.Date);
        }
    }

    /// <summary>When it is over. One that names no end is on until its day ends: nobody who comes late should find it among the past.</summary>
    public Instant Over => (End ?? StartOf(Start.Date.PlusDays(1))).ToInstant();

    public bool IsOn(Instant now) => Start.ToInstant() <= now && now < Over;

    /// <summary>The beginning in ISO 8601, with the offset of the event's zone; the day alone when it lasts all day.</summary>
    public string StartText => IsAllDay ? Text(Days.First) : Text(Start);

    /// <summary>The end in ISO 8601, or the last day; null where it names none.</summary>
    public string? EndText => End is not { } end ? null : IsAllDay ? Text(Days.Last) : Text(end);

    /// <summary>Null for a part without a beginning, or with one at the ends of time.</summary>
    /// <param name="part">The part Event of an item.</param>
    /// <param name="siteZone">The zone of an event that names none, or none that exists.</param>
    public static EventTime? Read(JsonObject part, string siteZone)
    {
        ArgumentNullException.ThrowIfNull(part);
        if (Moment(part, "Start") is not { } start) return null;
        var zone = TimeZones.FirstOf((part["TimeZone"] as JsonObject)?.TextOf("Text"), siteZone);
        ZonedDateTime? end = Moment(part, "End") is { } last && last >= start ? last.InZone(zone) : null;
        var time = new EventTime(start.InZone(zone), end, (part["AllDay"] as JsonObject)?.FlagOf("Value") == true);
        return time.IsAllDay ? time.WholeDays() : time;
    }

    public static bool IsInRange(DateTime moment) => moment >= Earliest && moment <= Latest;

    /// <summary>The time of day as clocks in the event's zone show it.</summary>
    public static string Clock(ZonedDateTime time) => time.ToString("HH':'mm", CultureInfo.InvariantCulture);

    /// <summary>The first moment of a day: later than midnight where clocks skip it, and that of the next day where they skip the day.</summary>
    private ZonedDateTime StartOf(LocalDate day) =>
        Zone.ResolveLocal(day.AtMidnight(), Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter));

    private EventTime WholeDays()
    {
        var (first, last) = Days;
        return this with { Start = StartOf(first), End = StartOf(last.PlusDays(1)) };
    }

    private static string Text(LocalDate day) => day.ToString(Day, CultureInfo.InvariantCulture);

    private static string Text(ZonedDateTime time) => time.ToOffsetDateTime().ToString("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>", CultureInfo.InvariantCulture);

    private static Instant? Moment(JsonObject part, string field) =>
        (part[field] as JsonObject)?.MomentOf("Value") is { } moment && IsInRange(moment) ? Instant.FromDateTimeUtc(moment) : null;
}
