using Cms.Platform.Localization.Scripts;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>
/// <c>{% assign calendar = item | event_calendar %}</c> yields Url, the event as a calendar file, GoogleUrl and OutlookUrl, which offer it to
/// calendars on the web, CalendarUrl and MonthUrl, all events of its language, and IsOngoing, IsCancelled and IsPostponed. Orchard Core has no such filter; there <c>calendar.IsKnown</c> is nil, which templates must allow for.
/// </summary>
public sealed class EventFilters(TimeProvider clock) : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
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
                    ["MonthUrl"] = EventEndpoints.MonthAddress(prefix, entry.Start.Year, entry.Start.Month),
                    ["IsOngoing"] = entry.IsOngoing(Instant.FromDateTimeOffset(clock.GetUtcNow())),
                    ["IsCancelled"] = entry.IsCancelled,
                    ["IsPostponed"] = entry.IsPostponed,
                },
                context.Options);
        });
    }
}
