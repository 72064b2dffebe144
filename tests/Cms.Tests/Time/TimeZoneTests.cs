using System.Globalization;
using Cms.Core.Time;
using NodaTime;
using NodaTime.TimeZones;

namespace Cms.Tests.Time;

/// <summary>Every zone of the IANA database, at each change of its clocks in this decade and at the ends of time.</summary>
public sealed class TimeZoneTests
{
    private static readonly Interval Decade = new(Instant.FromUtc(2021, 1, 1, 0, 0), Instant.FromUtc(2031, 1, 1, 0, 0));

    public static TheoryData<string> Zones => [.. TimeZones.Ids];

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_moment_that_clocks_show_once_comes_back_from_them(string id)
    {
        var zone = TimeZones.Find(id)!;
        foreach (var moment in Moments(zone))
        {
            var local = WallClock.At(moment, zone);
            var isFirst = zone.MapLocal(LocalDateTime.FromDateTime(local)) is { Count: 1 } || zone.MapLocal(LocalDateTime.FromDateTime(local)).First().ToInstant() == Instant.FromDateTimeUtc(moment);
            WallClock.ToUtc(local, zone).ShouldBe(isFirst ? moment : zone.MapLocal(LocalDateTime.FromDateTime(local)).First().ToDateTimeUtc(), $"{id} {moment:O}");
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void A_time_that_clocks_skip_counts_as_much_later_as_they_are_put_forward(string id)
    {
        var zone = TimeZones.Find(id)!;
        foreach (var (before, after) in Changes(zone).Where(change => change.After.WallOffset > change.Before.WallOffset))
        {
            var skipped = before.IsoLocalEnd;
            var gap = after.WallOffset - before.WallOffset;
            WallClock.ToUtc(skipped.ToDateTimeUnspecified(), zone).ShouldBe(before.End.ToDateTimeUtc(), id);
            var last = skipped.PlusSeconds((long)gap.ToTimeSpan().TotalSeconds - 1);
            WallClock.At(WallClock.ToUtc(last.ToDateTimeUnspecified(), zone), zone).ShouldBe(last.ToDateTimeUnspecified() + gap.ToTimeSpan(), id);
        }
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Readers_of_each_language_have_a_name_for_a_place_s_zone(string id)
    {
        foreach (var culture in new[] { "en", "sq", "sr-Latn", "sr-Cyrl", "sq-XK", "sr-Latn-RS", "de" })
        {
            var name = ZoneNames.Of(id, CultureInfo.GetCultureInfo(culture));

            // Names such as Etc/GMT+5 and EST are no places; the offset says all about them.
            if (!id.Contains('/') || id.StartsWith("Etc/", StringComparison.Ordinal) || id.StartsWith("SystemV/", StringComparison.Ordinal)) continue;
            name.ShouldNotBeNull(id);
            name.ShouldNotBeEmpty();
            name.ShouldNotContain("/");
        }
    }

    [Theory]
    [InlineData("Europe/Belgrade", "en", "Central European Time")]
    [InlineData("Europe/Belgrade", "sq", "Ora e Evropës Qendrore")]
    [InlineData("Europe/Belgrade", "sr-Latn", "Srednjeevropsko vreme")]
    [InlineData("America/New_York", "sq", "Ora e SHBA-së Lindore")]
    [InlineData("US/Eastern", "en", "Eastern Time")]
    [InlineData("Asia/Calcutta", "en", "India Standard Time")]
    [InlineData("UTC", "sr-Latn", "Koordinisano univerzalno vreme")]
    [InlineData("Etc/UTC", "en", "Coordinated Universal Time")]
    [InlineData("Europe/London", "sr-Latn", "Vreme: Ujedinjeno Kraljevstvo")]
    [InlineData("Mars/Olympus", "en", null)]
    [InlineData("Etc/GMT+5", "en", null)]
    public void A_zone_is_called_what_people_call_it(string id, string culture, string? name) => ZoneNames.Of(id, CultureInfo.GetCultureInfo(culture)).ShouldBe(name);

    [Theory]
    [InlineData("Europe/Belgrade", "2027-01-01", "UTC+1")]
    [InlineData("Europe/Belgrade", "2027-07-01", "UTC+2")]
    [InlineData("America/New_York", "2027-03-20", "UTC−4")]
    [InlineData("America/St_Johns", "2027-01-01", "UTC−3:30")]
    [InlineData("Asia/Kathmandu", "2027-01-01", "UTC+5:45")]
    [InlineData("Pacific/Kiritimati", "2027-01-01", "UTC+14")]
    [InlineData("UTC", "2027-01-01", "UTC")]
    public void An_offset_is_that_of_the_day(string id, string day, string text) =>
        WallClock.OffsetText(DateTime.Parse(day, CultureInfo.InvariantCulture), TimeZones.Find(id)!).ShouldBe(text);

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("Central European Standard Time")]
    [InlineData("europe/belgrade")]
    [InlineData("UTC+02:00")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_else_is_a_zone(string? id) => TimeZones.Find(id).ShouldBeNull();

    private static IEnumerable<DateTime> Moments(DateTimeZone zone)
    {
        yield return DateTime.SpecifyKind(DateTime.MinValue.AddDays(2), DateTimeKind.Utc);
        yield return DateTime.SpecifyKind(DateTime.MaxValue.Date.AddDays(-2), DateTimeKind.Utc);
        foreach (var change in Changes(zone))
        {
            foreach (var minutes in new[] { -90, -60, -31, -1, 0, 1, 29, 59, 60, 90, 24 * 60 }) yield return change.Before.End.Plus(Duration.FromMinutes(minutes)).ToDateTimeUtc();
        }
    }

    private static IEnumerable<(ZoneInterval Before, ZoneInterval After)> Changes(DateTimeZone zone) => zone.GetZoneIntervals(Decade).Pairwise();
}

internal static class Pairs
{
    public static IEnumerable<(T First, T Second)> Pairwise<T>(this IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var all = items.ToList();
        return all.Zip(all.Skip(1));
    }
}
