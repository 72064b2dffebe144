using System.Globalization;
using Cms.Core.Time;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>When an event is, as templates show it.</summary>
internal static class EventTimeView
{
    /// <summary>
    /// Start, End, LastDay as dates of the event's zone for <c>date</c>; StartText and EndText for machines; StartClock and EndClock, which are
    /// empty when it lasts all day; ZoneId, and Zone and Offset as readers know them, empty when it lasts all day.
    /// </summary>
    public static Dictionary<string, object?> Of(EventTime time, DateTimeZone siteZone, Instant now)
    {
        ArgumentNullException.ThrowIfNull(time);
        var (first, last) = time.Days;
        return new()
        {
            ["IsKnown"] = true,
            ["IsAllDay"] = time.IsAllDay,
            ["IsOneDay"] = first == last,
            ["Start"] = time.Start.ToDateTimeOffset(),
            ["End"] = time.End?.ToDateTimeOffset(),
            ["LastDay"] = last.At(LocalTime.Noon).InZoneLeniently(time.Zone).ToDateTimeOffset(),
            ["StartText"] = time.StartText,
            ["EndText"] = time.EndText,
            ["StartClock"] = time.IsAllDay ? "" : EventTime.Clock(time.Start),
            ["EndClock"] = time.IsAllDay || time.End is not { } end ? "" : EventTime.Clock(end),
            ["ZoneId"] = time.Zone.Id,
            ["Zone"] = time.IsAllDay ? "" : ZoneNames.Of(time.Zone.Id, CultureInfo.CurrentUICulture),
            ["Offset"] = time.IsAllDay ? "" : OffsetOf(time),
            ["IsElsewhere"] = IsElsewhere(time, siteZone),
            ["IsPast"] = time.Over <= now,
        };
    }

    public static string OffsetOf(EventTime time) => WallClock.OffsetText(time.Start.ToDateTimeUtc(), time.Zone);

    /// <summary>Whether clocks there show another time than those of the site when the event begins.</summary>
    public static bool IsElsewhere(EventTime time, DateTimeZone siteZone) => !time.IsAllDay && siteZone.GetUtcOffset(time.Start.ToInstant()) != time.Start.Offset;
}
