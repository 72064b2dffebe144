using Cms.Core.Content;
using Cms.Platform.Settings;

namespace Cms.Modules.Events;

/// <summary>
/// Indexes when an event is over, as the stored queries for coming and past events ask for it: days end when they end in the
/// event's own zone, which SQL can't tell. Orchard Core has no such row; there the queries fall back to the beginning.
/// </summary>
internal sealed class EventEnd(SiteSettingsRegistry settings) : IDerivedIndex
{
    private const string Field = "Ends";

    public const string Key = $"{CalendarEntry.ContentType}.{Field}";

    public IEnumerable<IndexValue> Values(ContentItem item) =>
        CalendarEntry.Read(item, settings.Current.TimeZoneId) is { } entry
            ? [new IndexValue(Key, "DateTimeField", CalendarEntry.ContentType, Field, "Value") { Moment = entry.Time.Over.ToDateTimeUtc() }]
            : [];
}
