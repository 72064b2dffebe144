using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Settings;
using NodaTime;

namespace Cms.Modules.Events;

/// <summary>The published events of a language, in the order in which they begin.</summary>
public sealed class EventCalendar(IContentStore store, ICurrentUser current, SiteSettingsRegistry settings)
{
    /// <summary>A calendar holds the newest so many.</summary>
    public const int MaxEvents = 2000;

    private static readonly IndexedField Start = new("Event.Start", MemberType.DateTime);

    private static readonly IndexedField Ends = new(EventEnd.Key, MemberType.DateTime);

    public Task<IReadOnlyList<CalendarEntry>> AllAsync(string culture, CancellationToken cancellationToken) => FindAsync(culture, [], cancellationToken);

    /// <summary>The events that are on some of the days, which each has in its own zone.</summary>
    public async Task<IReadOnlyList<CalendarEntry>> BetweenAsync(string culture, LocalDate first, LocalDate last, CancellationToken cancellationToken)
    {
        // No zone's day begins or ends more than a day away from that of UTC.
        var (from, until) = (first.PlusDays(-1).AtMidnight().InUtc().ToDateTimeUtc(), last.PlusDays(2).AtMidnight().InUtc().ToDateTimeUtc());
        var found = await FindAsync(culture,
        [
            new AnyOf([new Compare(Start, Comparison.GreaterOrEqual, from), new Compare(Ends, Comparison.GreaterOrEqual, from)]),
            new Compare(Start, Comparison.LessThan, until),
        ], cancellationToken).ConfigureAwait(false);
        return [.. found.Where(entry => entry.Time.Days.Last >= first && entry.Time.Days.First <= last)];
    }

    /// <summary>The first days of the first and the last event of the language; null where it has none.</summary>
    public async Task<(LocalDate First, LocalDate Last)?> SpanAsync(string culture, CancellationToken cancellationToken)
    {
        var first = await EndAsync(culture, descending: false, cancellationToken).ConfigureAwait(false);
        var last = await EndAsync(culture, descending: true, cancellationToken).ConfigureAwait(false);
        return first is null || last is null ? null : (first.Time.Days.First, last.Time.Days.First);
    }

    public CalendarEntry? Read(ContentItem? item) => CalendarEntry.Read(item, settings.Current.TimeZoneId);

    private async Task<CalendarEntry?> EndAsync(string culture, bool descending, CancellationToken cancellationToken)
    {
        // Others may be stored, and can be shown in no month.
        ContentFilter[] shown = [new Compare(Start, Comparison.GreaterOrEqual, EventTime.Earliest), new Compare(Start, Comparison.LessOrEqual, EventTime.Latest)];
        var query = Query(culture, shown) with { Order = [new ContentOrder(Start, descending)], Take = 1 };
        return (await store.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Select(Read).FirstOrDefault();
    }

    private async Task<IReadOnlyList<CalendarEntry>> FindAsync(string culture, ContentFilter[] filters, CancellationToken cancellationToken)
    {
        var items = await store.QueryAsync(Query(culture, filters), cancellationToken).ConfigureAwait(false);
        return [.. items.Where(item => current.User.Allows(ContentAction.View, item)).Select(Read).OfType<CalendarEntry>().OrderBy(entry => entry.Time.Start.ToInstant())];
    }

    private static ContentQuery Query(string culture, ContentFilter[] filters) => new()
    {
        ContentTypes = [CalendarEntry.ContentType],
        Filter = new AllOf([LocalizationFilter.InCulture(culture), .. filters]),
        Order = [new ContentOrder(Start, Descending: true)],
        Take = MaxEvents,
    };
}
