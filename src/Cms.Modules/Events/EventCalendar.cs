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

    /// <summary>The events that are on at some time of the span.</summary>
    public async Task<IReadOnlyList<CalendarEntry>> BetweenAsync(string culture, Instant from, Instant until, CancellationToken cancellationToken)
    {
        var found = await FindAsync(culture,
        [
            new AnyOf([new Compare(Start, Comparison.GreaterOrEqual, from.ToDateTimeUtc()), new Compare(Ends, Comparison.GreaterOrEqual, from.ToDateTimeUtc())]),
            new Compare(Start, Comparison.LessThan, until.ToDateTimeUtc()),
        ], cancellationToken).ConfigureAwait(false);
        return [.. found.Where(entry => (entry.End ?? entry.Start).ToInstant() >= from)];
    }

    /// <summary>When the first and the last event of the language begin; null where it has none.</summary>
    public async Task<(Instant First, Instant Last)?> SpanAsync(string culture, CancellationToken cancellationToken)
    {
        var first = await EndAsync(culture, descending: false, cancellationToken).ConfigureAwait(false);
        var last = await EndAsync(culture, descending: true, cancellationToken).ConfigureAwait(false);
        return first is null || last is null ? null : (first.Start.ToInstant(), last.Start.ToInstant());
    }

    public CalendarEntry? Read(ContentItem? item) => CalendarEntry.Read(item, settings.Current.TimeZoneId);

    private async Task<CalendarEntry?> EndAsync(string culture, bool descending, CancellationToken cancellationToken)
    {
        var query = Query(culture, []) with { Order = [new ContentOrder(Start, descending)], Take = 1 };
        return (await store.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Select(Read).FirstOrDefault();
    }

    private async Task<IReadOnlyList<CalendarEntry>> FindAsync(string culture, ContentFilter[] filters, CancellationToken cancellationToken)
    {
        var items = await store.QueryAsync(Query(culture, filters), cancellationToken).ConfigureAwait(false);
        return [.. items.Where(item => current.User.Allows(ContentAction.View, item)).Select(Read).OfType<CalendarEntry>().OrderBy(entry => entry.Start.ToInstant())];
    }

    private static ContentQuery Query(string culture, ContentFilter[] filters) => new()
    {
        ContentTypes = [CalendarEntry.ContentType],
        Filter = new AllOf([LocalizationFilter.InCulture(culture), .. filters]),
        Order = [new ContentOrder(Start, Descending: true)],
        Take = MaxEvents,
    };
}
