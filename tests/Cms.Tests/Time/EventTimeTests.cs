using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Time;
using Cms.Modules.Events;
using CsCheck;
using NodaTime;
using NodaTime.Text;

namespace Cms.Tests.Time;

/// <summary>When events are, in every zone and at every time.</summary>
public sealed class EventTimeTests
{
    private static readonly Gen<string> Zone = Gen.Int[0, TimeZones.Ids.Count - 1].Select(index => TimeZones.Ids[index]);

    /// <summary>Around the changes of clocks in this century more than elsewhere, and at the ends of time.</summary>
    private static readonly Gen<DateTime> Moment = Gen.OneOf(
        Gen.DateTime[new DateTime(1990, 1, 1), new DateTime(2060, 1, 1)],
        Gen.DateTime[new DateTime(2011, 12, 28), new DateTime(2012, 1, 2)],
        Gen.DateTime[new DateTime(2027, 3, 27), new DateTime(2027, 3, 29)],
        Gen.DateTime[new DateTime(2027, 10, 30), new DateTime(2027, 11, 8)],
        Gen.DateTime[EventTime.Earliest, EventTime.Earliest.AddDays(2)],
        Gen.DateTime[EventTime.Latest.AddDays(-2), EventTime.Latest]).Select(moment => DateTime.SpecifyKind(moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond)), DateTimeKind.Utc));

    private static readonly Gen<int?> Minutes = Gen.OneOf(Gen.Const((int?)null), Gen.Int[0, 90].Select(minutes => (int?)minutes), Gen.Int[0, 20_000].Select(minutes => (int?)minutes));

    private static JsonObject Part(string zone, DateTime start, DateTime? end, bool isAllDay)
    {
        var part = new JsonObject
        {
            ["Start"] = new JsonObject { ["Value"] = JsonValues.WriteMoment(start) },
            ["AllDay"] = new JsonObject { ["Value"] = isAllDay },
            ["TimeZone"] = new JsonObject { ["Text"] = zone },
        };
        if (end is { } last) part["End"] = new JsonObject { ["Value"] = JsonValues.WriteMoment(last) };
        return part;
    }

    private static void ForEach(bool isAllDay, Action<EventTime, DateTime, DateTime?> check) => Gen.Select(Zone, Moment, Minutes).Sample((zone, start, minutes) =>
    {
        DateTime? end = minutes is { } length && (EventTime.Latest - start).TotalMinutes >= length ? start.AddMinutes(length) : null;
        var time = EventTime.Read(Part(zone, start, end, isAllDay), "UTC").ShouldNotBeNull();
        time.Zone.Id.ShouldBe(zone);
        check(time, start, end);
    }, iter: 5_000);

    [Fact]
    public void A_time_for_machines_is_the_moment_and_what_clocks_there_show() => ForEach(isAllDay: false, (time, start, end) =>
    {
        var pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:sso<G>");
        var written = pattern.Parse(time.StartText).Value;
        if (time.Start.Offset.Seconds % 60 == 0) written.ToInstant().ToDateTimeUtc().ShouldBe(start);
        written.LocalDateTime.ToDateTimeUnspecified().ShouldBe(WallClock.At(start, time.Zone));
        (time.EndText is null).ShouldBe(end is null);
        EventTime.Clock(time.Start).ShouldBe(time.StartText[11..16]);
    });

    [Fact]
    public void An_event_is_on_from_its_beginning_to_its_end_and_never_ends_before_it_begins() => ForEach(isAllDay: false, (time, start, end) =>
    {
        var begin = Instant.FromDateTimeUtc(start);
        time.IsOn(begin - Duration.FromSeconds(1)).ShouldBeFalse();
        time.IsOn(begin).ShouldBe(end != start);
        time.IsOn(time.Over).ShouldBeFalse();
        if (end is { } last) time.Over.ToDateTimeUtc().ShouldBe(last);
        time.Days.Last.ShouldBeGreaterThanOrEqualTo(time.Days.First);
        time.Days.First.ShouldBe(LocalDate.FromDateTime(WallClock.At(start, time.Zone)));
    });

    [Fact]
    public void An_event_that_lasts_all_day_has_the_days_of_its_own_zone_whole() => ForEach(isAllDay: true, (time, start, end) =>
    {
        var (first, last) = time.Days;
        first.ShouldBe(LocalDate.FromDateTime(WallClock.At(start, time.Zone)));
        if (end is null) last.ShouldBe(first);
        time.StartText.ShouldBe(LocalDatePattern.Iso.Format(first));
        time.EndText.ShouldBe(LocalDatePattern.Iso.Format(last));
        time.IsOn(time.Start.ToInstant()).ShouldBeTrue();
        (time.Start.ToInstant() - Duration.Epsilon).InZone(time.Zone).Date.ShouldBeLessThan(first);
        time.Over.InZone(time.Zone).Date.ShouldBeGreaterThan(last);
        (time.Over - Duration.Epsilon).InZone(time.Zone).Date.ShouldBe(last);
    });

    [Fact]
    public void Whole_days_of_whole_days_are_the_same() => ForEach(isAllDay: true, (time, _, _) =>
    {
        if (!EventTime.IsInRange(time.Start.ToDateTimeUtc()) || !EventTime.IsInRange(time.Over.ToDateTimeUtc())) return;
        EventTime.Read(Part(time.Zone.Id, time.Start.ToDateTimeUtc(), time.Over.ToDateTimeUtc(), isAllDay: true), "UTC").ShouldBe(time);
    });

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T22:30:00Z")]
    public void At_the_ends_of_time_there_is_no_event(string start) =>
        EventTime.Read(Part("Europe/Belgrade", Iso8601.ParseMoment(start)!.Value, null, isAllDay: false), "UTC").ShouldBeNull();

    [Theory]
    [InlineData("America/New_York", "2027-03-20T14:00:00Z", "2027-03-20T16:00:00Z", "2027-03-20T10:00:00-04:00", "2027-03-20T12:00:00-04:00")]
    [InlineData("Asia/Kolkata", "2027-03-20T20:00:00Z", "2027-03-20T22:00:00Z", "2027-03-21T01:30:00+05:30", "2027-03-21T03:30:00+05:30")]
    [InlineData("Europe/Belgrade", "2027-10-31T00:30:00Z", "2027-10-31T01:30:00Z", "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00")]
    [InlineData("Mars/Olympus", "2027-03-20T14:00:00Z", "2027-03-20T16:00:00Z", "2027-03-20T15:00:00+01:00", "2027-03-20T17:00:00+01:00")]
    public void Clocks_of_the_zone_say_when_it_is(string zone, string start, string end, string startText, string endText)
    {
        var time = EventTime.Read(Part(zone, Iso8601.ParseMoment(start)!.Value, Iso8601.ParseMoment(end), isAllDay: false), "Europe/Belgrade")!;
        time.StartText.ShouldBe(startText);
        time.EndText.ShouldBe(endText);
    }
}
