using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;

namespace Cms.Modules.Events;

/// <summary>
/// <c>{% assign calendar = item | event_calendar %}</c> yields Url, the event as a calendar file, and CalendarUrl and MonthUrl, all events
/// of its language. Orchard Core has no such filter; there <c>calendar.IsKnown</c> is nil, which templates must allow for.
/// </summary>
public sealed class EventFilters : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("event_calendar", async (input, _, context) =>
        {
            var scope = RenderScope.Of(context);
            if (scope.Service<EventCalendar>().Read(input.ToObjectValue() as Core.Content.ContentItem) is not { } entry) return NilValue.Instance;
            var prefix = await scope.Service<SiteCultures>().PrefixAsync(entry.Item.Culture ?? "", scope.CancellationToken).ConfigureAwait(false);
            return FluidValue.Create(
                new Dictionary<string, object?>
                {
                    ["IsKnown"] = true,
                    ["Url"] = EventEndpoints.AddressOf(entry.Item.ContentItemId),
                    ["CalendarUrl"] = $"{prefix}/events.ics",
                    ["MonthUrl"] = EventEndpoints.MonthAddress(prefix, entry.Start.Year, entry.Start.Month),
                    ["IsCancelled"] = entry.IsCancelled,
                    ["IsPostponed"] = entry.IsPostponed,
                },
                context.Options);
        });
    }
}
