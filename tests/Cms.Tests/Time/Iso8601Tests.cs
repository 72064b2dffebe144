using Cms.Core.Content;
using Cms.Core.Fields;
using CsCheck;

namespace Cms.Tests.Time;

public sealed class Iso8601Tests
{
    [Theory]
    [InlineData("2026-12-01", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T10:30", "2026-12-01T10:30:00Z")]
    [InlineData("2026-12-01 10:30:15", "2026-12-01T10:30:15Z")]
    [InlineData("2026-12-01T10:30:15.1234567Z", "2026-12-01T10:30:15Z")]
    [InlineData("2026-12-01T00:30:00+02:00", "2026-11-30T22:30:00Z")]
    [InlineData("2026-12-01t00:30:00-0330", "2026-12-01T04:00:00Z")]
    [InlineData("2026-12-01T00:30:00+02", "2026-11-30T22:30:00Z")]
    public void A_moment_is_read_in_UTC_whatever_its_offset(string text, string utc) => JsonValues.WriteMoment(Iso8601.ParseMoment(text)!.Value).ShouldBe(utc);

    [Theory]
    [InlineData("2026-12-01T00:30:00+02:00", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T23:30:00-11:00", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01", "2026-12-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-12:00", "9999-12-31T00:00:00Z")]
    public void A_day_is_the_one_that_is_written(string text, string day) => Iso8601.Canonical(text, MemberType.Date).ShouldBe(day);

    [Theory]
    [InlineData("1.12.2026")]
    [InlineData("01/12/2026")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-30")]
    [InlineData("10:30")]
    [InlineData("2026-12-01T24:00:00Z")]
    [InlineData("2026-12-01T10:30:60Z")]
    [InlineData("2026-12-01T10:30:00+25:00")]
    [InlineData("2026-12-01Z")]
    [InlineData("2026-12")]
    [InlineData("20261201")]
    [InlineData("today")]
    [InlineData("1 December 2026")]
    [InlineData(" 2026-12-01")]
    [InlineData("2026-12-01\n")]
    [InlineData("٢٠٢٦-١٢-٠١")]
    [InlineData("0000-01-01")]
    [InlineData("")]
    [InlineData(null)]
    public void Nothing_else_is_a_date(string? text)
    {
        Iso8601.ParseMoment(text).ShouldBeNull();
        Iso8601.ParseDay(text).ShouldBeNull();
        Iso8601.ParseWallClock(text).ShouldBeNull();
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:00-00:01")]
    public void A_moment_outside_of_time_is_none(string text) => Iso8601.ParseMoment(text).ShouldBeNull();

    [Theory]
    [InlineData("10:30", "10:30:00")]
    [InlineData("00:00:00", "00:00:00")]
    [InlineData("23:59:59.5", "23:59:59.5000000")]
    [InlineData("24:00", null)]
    [InlineData("9:30", null)]
    [InlineData("10", null)]
    [InlineData("1.10:30", null)]
    [InlineData("-10:30", null)]
    [InlineData("10:30 PM", null)]
    [InlineData("2026-12-01T10:30", null)]
    public void A_time_of_day_has_hours_and_minutes_of_two_digits(string text, string? canonical) => Iso8601.Canonical(text, MemberType.Time).ShouldBe(canonical);

    [Theory]
    [InlineData("2026-12-01T10:30", true)]
    [InlineData("2026-12-01T10:30:15.5", true)]
    [InlineData("2026-12-01T10:30Z", false)]
    [InlineData("2026-12-01T10:30+01:00", false)]
    [InlineData("2026-12-01T10:30-01:00", false)]
    public void A_clock_on_the_wall_knows_no_offset(string text, bool isWallClock) => (Iso8601.ParseWallClock(text) is not null).ShouldBe(isWallClock);

    [Fact]
    public void What_is_written_is_read_again() => Gen.DateTime.Sample(moment =>
    {
        var utc = DateTime.SpecifyKind(moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerSecond)), DateTimeKind.Utc);
        Iso8601.ParseMoment(JsonValues.WriteMoment(utc)).ShouldBe(utc);
        Iso8601.ParseDay(JsonValues.WriteMoment(utc)).ShouldBe(utc.Date);
    });
}
