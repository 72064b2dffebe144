using System.Text;
using Cms.Platform.Localization.Scripts;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>Events as an iCalendar file (RFC 5545). The same events make the same bytes.</summary>
internal static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    private const string Product = "-//Cms//Events//EN";

    /// <summary>Zones are described from here on, or from the first event: a description must not begin in the future.</summary>
    private static readonly DateTime ZonesBegin = new(2020, 1, 1);

    public static byte[] Write(IReadOnlyList<CalendarEntry> entries, string name, ReadersData reader)
    {
        var calendar = new Calendar { ProductId = Product };
        calendar.AddProperty("X-WR-CALNAME", name);
        calendar.AddProperty("NAME", name);
        foreach (var zone in entries.Select(entry => entry.Time).Where(time => !time.IsAllDay).GroupBy(time => time.Zone.Id).Where(zone => zone.Key != DateTimeZone.Utc.Id))
            calendar.AddTimeZone(VTimeZone.FromDateTimeZone(zone.Key, zone.Select(time => time.Start.ToDateTimeUnspecified()).Append(ZonesBegin).Min(), includeHistoricalData: false));
        foreach (var entry in entries) calendar.Events.Add(Event(entry, reader));
        return Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar) ?? "");
    }

    private static CalendarEvent Event(CalendarEntry entry, ReadersData reader)
    {
        var address = entry.Address(reader);
        entry = entry with { Item = reader.Item(entry.Item) };
        var changed = new CalDateTime(entry.Item.ModifiedUtc ?? DateTime.UnixEpoch, "UTC");
        var result = new CalendarEvent
        {
            // The same for as long as the item lives, whatever its title, address or the site's host become.
            Uid = $"{entry.Item.ContentItemId}@event.cms",
            Summary = entry.Heading,
            Description = string.Join("\n\n", new[] { entry.Summary, entry.Agenda, address }.Where(text => text.Length > 0)),
            Location = entry.Location.Length > 0 ? entry.Location : null,
            Url = Uri.TryCreate(address, UriKind.Absolute, out var url) ? url : null,
            DtStamp = changed,
            LastModified = changed,
            Created = entry.Item.CreatedUtc is { } created ? new CalDateTime(created, "UTC") : null,
            Start = Time(entry.Time.Start, entry.Time.IsAllDay),
            End = entry.Time.End is { } end ? Time(end, entry.Time.IsAllDay) : null,
            Status = entry.IsCancelled ? EventStatus.Cancelled : entry.IsPostponed ? EventStatus.Tentative : EventStatus.Confirmed,
        };
        return result;
    }

    private static CalDateTime Time(ZonedDateTime time, bool isAllDay) => isAllDay
        ? new CalDateTime(time.Year, time.Month, time.Day)
        : IsFirst(time) ? new CalDateTime(time.ToDateTimeUnspecified(), time.Zone.Id) : new CalDateTime(time.ToDateTimeUtc(), "UTC");

    /// <summary>Of two moments at which clocks show the same, a local time means the first (RFC 5545, section 3.3.5); the other is written in UTC.</summary>
    private static bool IsFirst(ZonedDateTime time) => time.LocalDateTime.InZoneLeniently(time.Zone).ToInstant() == time.ToInstant();
}
