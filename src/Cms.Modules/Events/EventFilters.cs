using Cms.Core.Time;
using Cms.Platform.Localization.Scripts;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>
/// <c>{% assign when = item | event_time %}</c> yields when an event is, as <see cref="EventTimeView"/> says. <c>{% assign calendar =
/// item | event_calendar %}</c> yields Url, the event as a calendar file, GoogleUrl and OutlookUrl, which offer it to
/// calendars on the web, CalendarUrl and MonthUrl, all events of its language, and IsOngoing, IsCancelled and IsPostponed. Orchard Core has
/// no such filters; there <c>when.IsKnown</c> and <c>calendar.IsKnown</c> are nil, which templates must allow for.
/// </summary>
public sealed class EventFilters(TimeProvider clock) : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("event_time", (input, _, context) =>
        {
            var scope = RenderScope.Of(context);
            if (scope.Service<EventCalendar>().Read(input.ToObjectValue() as Core.Content.ContentItem) is not { } entry) return NilValue.Instance;
            var siteZone = TimeZones.FirstOf(scope.Service<SiteSettingsRegistry>().Current.TimeZoneId);
            return FluidValue.Create(EventTimeView.Of(entry.Time, siteZone, Instant.FromDateTimeOffset(clock.GetUtcNow())), context.Options);
        });
        options.Filters.AddFilter("event_calendar", async (input, _, context) =>
        {
            var scope = RenderScope.Of(context);
            if (scope.Service<EventCalendar>().Read(input.ToObjectValue() as Core.Content.ContentItem) is not { } entry) return NilValue.Instance;
            var prefix = await scope.Service<SiteCultures>().PrefixAsync(entry.Item.Culture ?? "", scope.CancellationToken).ConfigureAwait(false);
            var reader = scope.Service<ReadersData>();
            return FluidValue.Create(
                new Dictionary<string, object?>
                {
                    ["IsKnown"] = true,
                    ["Url"] = EventEndpoints.AddressOf(entry.Item.ContentItemId),
                    ["CalendarUrl"] = $"{prefix}/events.ics",
                    ["GoogleUrl"] = CalendarLinks.Google(entry, reader),
                    ["OutlookUrl"] = CalendarLinks.Outlook(entry, reader),
                    ["MonthUrl"] = EventEndpoints.MonthAddress(prefix, entry.Time.Days.First.Year, entry.Time.Days.First.Month),
                    ["IsOngoing"] = entry.IsOngoing(Instant.FromDateTimeOffset(clock.GetUtcNow())),
                    ["IsCancelled"] = entry.IsCancelled,
                    ["IsPostponed"] = entry.IsPostponed,
                },
                context.Options);
        });
    }
}
