using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Time;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;
using NodaTime;

namespace Cms.Modules.Organisation;

/// <summary>
/// <c>{% assign status = Site.Properties.OpeningHours | opening_status %}</c> yields IsKnown, IsOpen, OpensAt, ClosesAt, Today, Zone and Offset,
/// ExceptionalDay and ComingDays (Date, Name, Opens, Closes). Orchard Core has no such filter; there <c>status.IsKnown</c> is nil, which
/// templates must allow for.
/// </summary>
public sealed class OpeningStatusFilter(TimeProvider clock, OpeningTexts texts) : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("opening_status", (input, _, context) =>
            input.ToObjectValue() is JsonObject settings && OpeningHours.Read(settings) is { } hours
                ? FluidValue.Create(View(hours, Instant.FromDateTimeOffset(clock.GetUtcNow())), context.Options)
                : NilValue.Instance);
    }

    private Dictionary<string, object?> View(OpeningHours hours, Instant now)
    {
        var status = hours.At(now);
        return new()
        {
            ["IsKnown"] = true,
            ["IsOpen"] = status.IsOpen,
            ["OpensAt"] = status.OpensAt is { } opens ? texts.Moment(opens, hours.Local(now).Date) : null,
            ["ClosesAt"] = Time(status.ClosesAt?.TimeOfDay),
            ["Zone"] = ZoneNames.Of(hours.Zone.Id, CultureInfo.CurrentUICulture),
            ["Offset"] = WallClock.OffsetText(now.ToDateTimeUtc(), hours.Zone),
            ["Today"] = status.Today.ToString(),
            ["ExceptionalDay"] = status.Exception is { } day ? OpeningTexts.NameOf(day) : null,
            ["ComingDays"] = hours.ComingExceptions(now).Select(coming => new Dictionary<string, object?>
            {
                ["Date"] = coming.Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                ["Name"] = OpeningTexts.NameOf(coming.Day),
                ["Opens"] = Time(coming.Day.Opens),
                ["Closes"] = Time(coming.Day.Closes),
            }).ToList(),
        };
    }

    private static string? Time(LocalTime? time) => time?.ToString("HH':'mm", CultureInfo.InvariantCulture);
}
