using System.Collections.Frozen;
using System.Globalization;
using NodaTime.TimeZones;

namespace Cms.Core.Time;

/// <summary>
/// What readers of a language call a time zone: “Central European Time”, “Ora e Evropës Qendrore”. The names are a table of our own, because
/// those of the runtime stay in the language in which a process asked for them first.
/// </summary>
public static class ZoneNames
{
    private const string Table = "Cms.Core.Time.zones.txt";

    private static readonly Lazy<FrozenDictionary<string, FrozenDictionary<string, string>>> Names = new(Load);

    /// <summary>The zones that the table names.</summary>
    internal static IEnumerable<string> Ids => Names.Value.Keys;

    /// <summary>In English where the language has no names; null for a zone that people have no name for, such as <c>Etc/GMT+5</c>.</summary>
    public static string? Of(string id, CultureInfo culture)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(culture);
        if (!TimeZones.IsKnown(id) || Spellings(id).Select(spelling => Names.Value.GetValueOrDefault(spelling)).FirstOrDefault(found => found is not null) is not { } names) return null;
        for (var language = culture; language.Name.Length > 0; language = language.Parent)
        {
            if (names.TryGetValue(language.Name, out var name)) return name;
        }

        return names["en"];
    }

    /// <summary>The id and the other ids of the same zone: the table holds one of them.</summary>
    private static IEnumerable<string> Spellings(string id)
    {
        var canonical = TzdbDateTimeZoneSource.Default.CanonicalIdMap[id];
        return [id, canonical, .. TzdbDateTimeZoneSource.Default.Aliases[canonical]];
    }

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        using var reader = new StreamReader(typeof(ZoneNames).Assembly.GetManifestResourceStream(Table)!);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split('|')).ToList();
        var languages = rows[0][..^1];
        return rows.Skip(1).SelectMany(row => Zones(languages, row)).ToFrozenDictionary(zone => zone.Key, zone => zone.Value, StringComparer.Ordinal);
    }

    private static IEnumerable<KeyValuePair<string, FrozenDictionary<string, string>>> Zones(string[] languages, string[] row)
    {
        // A language that is written in several scripts is found by its own name too; pages convert the script.
        var names = languages.Zip(row).SelectMany(pair => new[] { pair.First, pair.First.Split('-')[0] }.Distinct().Select(language => (language, pair.Second)))
            .ToFrozenDictionary(pair => pair.language, pair => pair.Second, StringComparer.OrdinalIgnoreCase);
        return row[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => KeyValuePair.Create(id, names));
    }
}
