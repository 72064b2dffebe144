using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Modules.Organisation;
using Cms.Platform.Settings;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;

namespace Cms.SiteTests.Publishing;

/// <summary>The seeded opening hours on each holiday, over weekends and when clocks change.</summary>
public sealed class OpeningHoursTests(Site site)
{
    private static readonly DateTimeZone Belgrade = DateTimeZoneProviders.Tzdb["Europe/Belgrade"];

    private OpeningHours Hours => OpeningHours.Read((JsonObject)site.Services.GetRequiredService<SiteSettingsRegistry>().Current.Properties["OpeningHours"]!).ShouldNotBeNull();

    private static Instant At(string local) => LocalDateTimePattern.GeneralIso.Parse(local + ":00").Value.InZoneLeniently(Belgrade).ToInstant();

    private static string? Text(LocalDateTime? time) => time?.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-01-01", "New Year", "2026-01-05 09:00")]
    [InlineData("2026-01-02", "New Year, second day", "2026-01-05 09:00")]
    [InlineData("2026-01-07", "Orthodox Christmas", "2026-01-08 09:00")]
    [InlineData("2026-02-17", "Independence Day", "2026-02-18 09:00")]
    [InlineData("2026-04-09", "Constitution Day", "2026-04-10 09:00")]
    [InlineData("2026-05-01", "Labour Day", "2026-05-04 09:00")]
    [InlineData("2028-05-09", "Europe Day", "2028-05-10 09:00")]
    [InlineData("2026-12-25", "Catholic Christmas", "2026-12-28 09:00")]
    [InlineData("2026-04-06", "Catholic Easter Monday", "2026-04-07 09:00")]
    [InlineData("2027-03-29", "Catholic Easter Monday", "2027-03-30 09:00")]
    [InlineData("2026-04-13", "Orthodox Easter Monday", "2026-04-14 09:00")]
    [InlineData("2027-05-03", "Orthodox Easter Monday", "2027-05-04 09:00")]
    public void A_holiday_is_closed_and_the_next_opening_is_the_next_working_day(string day, string name, string opens)
    {
        var status = Hours.At(At(day + "T10:00"));
        status.IsOpen.ShouldBeFalse();
        status.Exception!.Name.ShouldBe(name);
        Text(status.OpensAt).ShouldBe(opens);
    }

    [Theory]
    [InlineData("2026-11-24T08:59", false, "2026-11-24 09:00")]
    [InlineData("2026-11-24T09:00", true, "2026-11-24 17:00")]
    [InlineData("2026-11-24T16:59", true, "2026-11-24 17:00")]
    [InlineData("2026-11-24T17:00", false, "2026-11-25 09:00")]
    [InlineData("2026-11-27T18:00", false, "2026-11-30 09:00")]
    [InlineData("2026-12-31T18:00", false, "2027-01-04 09:00")]
    [InlineData("2026-03-28T12:00", false, "2026-03-30 09:00")]
    [InlineData("2026-03-30T09:00", true, "2026-03-30 17:00")]
    [InlineData("2026-10-23T16:59", true, "2026-10-23 17:00")]
    [InlineData("2026-10-26T08:59", false, "2026-10-26 09:00")]
    public void The_office_keeps_its_local_hours_all_year(string local, bool isOpen, string next)
    {
        var status = Hours.At(At(local));
        status.IsOpen.ShouldBe(isOpen);
        Text(isOpen ? status.ClosesAt : status.OpensAt).ShouldBe(next);
    }

    [Theory]
    [InlineData("2026-03-30T06:59:59Z", false)]
    [InlineData("2026-03-30T07:00:00Z", true)]
    [InlineData("2026-10-26T07:59:59Z", false)]
    [InlineData("2026-10-26T08:00:00Z", true)]
    public void The_hour_moves_with_the_clocks(string utc, bool isOpen) => Hours.At(InstantPattern.General.Parse(utc).Value).IsOpen.ShouldBe(isOpen);

    [Fact]
    public void A_day_with_hours_of_its_own_has_them_and_beats_one_that_comes_every_year()
    {
        var hours = OpeningHours.Read((JsonObject)JsonNode.Parse("""
            { "OpeningHours": { "TimeZone": { "Text": "Europe/Belgrade" } }, "Weekdays": { "ContentItems": [] }, "ExceptionalDays": { "ContentItems": [
              { "ExceptionalDay": { "Date": { "Value": "2020-12-24" }, "EveryYear": { "Value": true }, "Name": { "Text": "Every year" } } },
              { "ExceptionalDay": { "Date": { "Value": "2026-12-24" }, "Name": { "Text": "This year" }, "Opens": { "Value": "10:00:00" }, "Closes": { "Value": "12:00:00" } } } ] } }
            """)!)!;
        var status = hours.At(At("2026-12-24T11:00"));
        status.IsOpen.ShouldBeTrue();
        status.Exception!.Name.ShouldBe("This year");
        hours.At(At("2027-12-24T11:00")).IsOpen.ShouldBeFalse();
    }

    [Theory]
    [InlineData("en", "2026-11-24T08:00", "at 09:00")]
    [InlineData("sq", "2026-11-24T18:00", "nesër në orën 09:00")]
    [InlineData("sr-Latn", "2026-11-27T18:00", "u ponedeljak u 09:00")]
    [InlineData("sq", "2026-11-27T18:00", "të hënën në orën 09:00")]
    [InlineData("en", "2026-11-27T18:00", "on Monday at 09:00")]
    public void Each_language_says_when_it_opens(string culture, string local, string expected)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        var now = At(local);
        site.Services.GetRequiredService<OpeningTexts>().Moment(Hours.At(now).OpensAt!.Value, Hours.Local(now).Date).ShouldBe(expected);
    }
}
