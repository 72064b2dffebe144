using System.Globalization;
using Cms.Platform.Localization.Scripts;
using Microsoft.AspNetCore.Http.Extensions;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>
/// Addresses at which calendars on the web offer to keep an event. They are plain links: nobody learns of a reader who follows
/// none. Times are in UTC; an event that lasts all day has its days, wherever the reader is.
/// </summary>
internal static class CalendarLinks
{
    private const string Basic = "uuuuMMdd'T'HHmmss'Z'";

    private const string Extended = "uuuu-MM-dd'T'HH:mm:ss'Z'";

    public static string Google(CalendarEntry entry, ReadersData reader)
    {
        var (start, end) = Span(entry, "uuuuMMdd", Basic);
        return "https://calendar.google.com/calendar/render" + new QueryBuilder
        {
            { "action", "TEMPLATE" },
            { "text", reader.Text(entry.Heading, entry.Item.Culture ?? "") },
            { "dates", $"{start}/{end}" },
            { "details", Details(entry, reader) },
            { "location", reader.Text(entry.Location, entry.Item.Culture ?? "") },
        }.ToQueryString();
    }

    public static string Outlook(CalendarEntry entry, ReadersData reader)
    {
        var (start, end) = Span(entry, "uuuu-MM-dd", Extended);
        return "https://outlook.live.com/calendar/0/action/compose" + new QueryBuilder
        {
            { "rru", "addevent" },
            { "subject", reader.Text(entry.Heading, entry.Item.Culture ?? "") },
            { "startdt", start },
            { "enddt", end },
            { "allday", entry.Time.IsAllDay ? "true" : "false" },
            { "body", Details(entry, reader) },
            { "location", reader.Text(entry.Location, entry.Item.Culture ?? "") },
        }.ToQueryString();
    }

    // The agenda would make the address too long for some browsers; the page that has it is named.
    private static string Details(CalendarEntry entry, ReadersData reader) => $"{reader.Text(entry.Summary, entry.Item.Culture ?? "")}\n\n{entry.Address(reader)}".Trim();

    private static (string Start, string End) Span(CalendarEntry entry, string day, string time) => entry.Time is { IsAllDay: true }
        ? (entry.Time.Days.First.ToString(day, CultureInfo.InvariantCulture), entry.Time.Days.Last.PlusDays(1).ToString(day, CultureInfo.InvariantCulture))
        : (entry.Time.Start.ToInstant().ToString(time, CultureInfo.InvariantCulture), (entry.Time.End ?? entry.Time.Start).ToInstant().ToString(time, CultureInfo.InvariantCulture));
}
