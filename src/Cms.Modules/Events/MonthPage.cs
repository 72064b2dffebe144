using System.Globalization;
using Cms.Core.Time;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;
using Fluid.Values;
using NodaTime;
using NodaTime.Calendars;
using NodaTime.Extensions;

namespace Cms.Modules.Events;

/// <summary>
/// A month of events as the shape <c>EventMonth</c>: <c>Model.Month</c> holds its name, its weeks of days with their events, and the
/// months beside it. Months exist from the first event to the last, and a year ahead of today.
/// </summary>
public sealed class MonthPage(EventCalendar calendar, SiteCultures cultures, SiteSettingsRegistry settings, LiquidEnvironment liquid, TimeProvider clock)
{
    private const int MonthsAhead = 12;

    private DateTimeZone Zone => TimeZones.FirstOf(settings.Current.TimeZoneId);

    private LocalDate Today => Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(Zone).Date;

    public async Task<string> CurrentAddressAsync(string culture, CancellationToken cancellationToken) =>
        EventEndpoints.MonthAddress(await cultures.PrefixAsync(culture, cancellationToken).ConfigureAwait(false), Today.Year, Today.Month);

    /// <summary>Null for a month that has no page.</summary>
    public async Task<Shape?> ShapeAsync(string culture, int year, int month, CancellationToken cancellationToken)
    {
        if (year is < 1 or > 9998) return null;
        var wanted = new YearMonth(year, month);
        var (first, last) = await RangeAsync(culture, cancellationToken).ConfigureAwait(false);
        if (wanted.CompareTo(first) < 0 || wanted.CompareTo(last) > 0) return null;
        var start = wanted.OnDayOfMonth(1);
        var monday = start.PlusDays(1 - (int)start.DayOfWeek);
        var weeks = (Period.DaysBetween(monday, start.PlusMonths(1)) + 6) / 7;
        var entries = await calendar.BetweenAsync(culture, monday, monday.PlusDays((7 * weeks) - 1), cancellationToken).ConfigureAwait(false);
        var prefix = await cultures.PrefixAsync(culture, cancellationToken).ConfigureAwait(false);
        var data = new Dictionary<string, object?>
        {
            ["Name"] = start.ToString("MMMM yyyy", CultureInfo.CurrentCulture),
            ["Weekdays"] = Enumerable.Range(0, 7).Select(day => monday.PlusDays(day).ToString("ddd", CultureInfo.CurrentCulture)).ToList(),
            ["Weeks"] = Enumerable.Range(0, weeks).Select(week => Enumerable.Range(0, 7).Select(day => Day(monday.PlusDays((7 * week) + day), wanted, entries)).ToList()).ToList(),
            ["Count"] = entries.Count(entry => entry.Time.Days.First <= start.PlusMonths(1).PlusDays(-1) && entry.Time.Days.Last >= start),
            ["PreviousUrl"] = wanted.CompareTo(first) > 0 ? Address(prefix, wanted.PlusMonths(-1)) : null,
            ["NextUrl"] = wanted.CompareTo(last) < 0 ? Address(prefix, wanted.PlusMonths(1)) : null,
            ["CalendarUrl"] = $"{prefix}/events.ics",
        };
        return new Shape("EventMonth") { Properties = { ["Month"] = FluidValue.Create(data, liquid.Options) } };
    }

    private Dictionary<string, object?> Day(LocalDate date, YearMonth month, IReadOnlyList<CalendarEntry> entries) => new()
    {
        ["Number"] = date.Day,
        ["Date"] = date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        ["IsInMonth"] = date.ToYearMonth() == month,
        ["IsToday"] = date == Today,
        ["Events"] = entries.Where(entry => entry.Time.Days.First <= date && entry.Time.Days.Last >= date).Select(entry => new Dictionary<string, object?>
        {
            ["Title"] = entry.Title,
            ["Url"] = ContentAccess.UrlOf(entry.Item),
            ["Time"] = entry.Time.IsAllDay || entry.Time.Days.First != date ? "" : EventTime.Clock(entry.Time.Start),
            ["Offset"] = EventTimeView.IsElsewhere(entry.Time, Zone) ? EventTimeView.OffsetOf(entry.Time) : "",
            ["IsCancelled"] = entry.IsCancelled,
            ["IsPostponed"] = entry.IsPostponed,
        }).ToList(),
    };

    private async Task<(YearMonth First, YearMonth Last)> RangeAsync(string culture, CancellationToken cancellationToken)
    {
        var (first, last) = (Today.ToYearMonth(), Today.ToYearMonth().PlusMonths(MonthsAhead));
        if (await calendar.SpanAsync(culture, cancellationToken).ConfigureAwait(false) is not { } span) return (first, last);
        var (from, until) = (span.First.ToYearMonth(), span.Last.ToYearMonth());
        return (from.CompareTo(first) < 0 ? from : first, until.CompareTo(last) > 0 ? until : last);
    }

    private static string Address(string prefix, YearMonth month) => EventEndpoints.MonthAddress(prefix, month.Year, month.Month);
}
