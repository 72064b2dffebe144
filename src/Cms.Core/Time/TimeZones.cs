using NodaTime;

namespace Cms.Core.Time;

/// <summary>The time zones of the IANA database, by their exact names such as <c>Europe/Belgrade</c>; names of Windows are none.</summary>
public static class TimeZones
{
    private static readonly HashSet<string> Known = [.. DateTimeZoneProviders.Tzdb.Ids];

    /// <summary>In the order of the alphabet, historical names included.</summary>
    public static IReadOnlyList<string> Ids { get; } = [.. Known.Order(StringComparer.Ordinal)];

    /// <summary>One name for each zone that people choose from.</summary>
    public static IReadOnlyList<string> Common { get; } = [.. ZoneNames.Ids.Where(IsKnown).Order(StringComparer.Ordinal)];

    public static bool IsKnown(string? id) => id is not null && Known.Contains(id);

    /// <summary>Null where there is no zone of that name.</summary>
    public static DateTimeZone? Find(string? id) => IsKnown(id) ? DateTimeZoneProviders.Tzdb[id!] : null;

    /// <summary>The zone of the database that a zone of the runtime is; UTC where it is none.</summary>
    public static DateTimeZone Of(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Find(zone.HasIanaId ? zone.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var id) ? id : null) ?? DateTimeZone.Utc;
    }

    /// <summary>The first of the names that is a zone's; UTC where none is.</summary>
    public static DateTimeZone FirstOf(params ReadOnlySpan<string?> ids)
    {
        foreach (var id in ids)
        {
            if (Find(id) is { } zone) return zone;
        }

        return DateTimeZone.Utc;
    }
}
