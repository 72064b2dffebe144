using System.Globalization;
using NodaTime;

namespace Cms.Core.Time;

/// <summary>What clocks on the wall of a zone show at moments, and the moments at which they show something.</summary>
public static class WallClock
{
    /// <summary>What the clocks show at a moment; at the ends of time, where no date is left, the moment's own time in UTC.</summary>
    public static DateTime At(DateTime utc, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var ticks = utc.Ticks + OffsetAt(utc, zone).Ticks;
        return IsDate(ticks) ? new DateTime(ticks, DateTimeKind.Unspecified) : DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);
    }

    /// <summary>
    /// The moment at which the clocks show the time. One that they skip in spring counts as much later as they are put forward; of two that
    /// they show in autumn it is the first, as in iCalendar (RFC 5545, section 3.3.5).
    /// </summary>
    public static DateTime ToUtc(DateTime local, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var ticks = LocalDateTime.FromDateTime(local).InZoneLeniently(zone).ToInstant().ToUnixTimeTicks() + DateTime.UnixEpoch.Ticks;
        return IsDate(ticks) ? new DateTime(ticks, DateTimeKind.Utc) : DateTime.SpecifyKind(local, DateTimeKind.Utc);
    }

    /// <summary>How far the clocks are ahead of UTC, as people write it: <c>UTC+1</c>, <c>UTC−3:30</c>, <c>UTC</c>.</summary>
    public static string OffsetText(DateTime utc, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var offset = OffsetAt(utc, zone);
        if (offset == Offset.Zero) return "UTC";
        var span = offset.ToTimeSpan().Duration();
        var minutes = span.Minutes == 0 ? "" : span.ToString(@"\:mm", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < Offset.Zero ? '−' : '+')}{(int)span.TotalHours}{minutes}");
    }

    private static Offset OffsetAt(DateTime utc, DateTimeZone zone) => zone.GetUtcOffset(Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));

    private static bool IsDate(long ticks) => ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
}
