using System.Collections.Frozen;

namespace Cms.Core.Localization.Scripts;

/// <summary>A place in words where two letters do not make one: <c>injek</c>, apart after two letters.</summary>
internal sealed record ApartLetters(string Letters, int Offset, bool AtStart);

/// <summary>The lists of <c>serbian.txt</c>, which says what each is for.</summary>
internal sealed class SerbianWords
{
    private static readonly string[] Negations = ["", "ne", "naj", "najne"];

    public static SerbianWords Instance { get; } = Load();

    public required IReadOnlyList<ApartLetters> Apart { get; init; }

    public required IReadOnlyList<string> Foreign { get; init; }

    public required IReadOnlyList<string> Latin { get; init; }

    public required FrozenSet<string> Units { get; init; }

    public required FrozenSet<string> NoNumerals { get; init; }

    /// <summary>Positions in a lowercase word whose letter does not join the next.</summary>
    public HashSet<int> ApartIn(string word)
    {
        var positions = new HashSet<int>();
        foreach (var entry in Apart)
        {
            if (!entry.AtStart)
            {
                if (word.IndexOf(entry.Letters, StringComparison.Ordinal) is >= 0 and var found) positions.Add(found + entry.Offset - 1);
                continue;
            }

            foreach (var negation in Negations)
            {
                if (word.StartsWith(negation, StringComparison.Ordinal) && word.AsSpan(negation.Length).StartsWith(entry.Letters, StringComparison.Ordinal))
                    positions.Add(negation.Length + entry.Offset - 1);
            }
        }

        return positions;
    }

    private static SerbianWords Load()
    {
        using var stream = typeof(SerbianWords).Assembly.GetManifestResourceStream("Cms.Core.Localization.Scripts.serbian.txt")!;
        using var reader = new StreamReader(stream);
        var lists = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var list = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] != '[') list.Add(line.Trim());
            else if (!lists.TryGetValue(line, out list!)) lists[line] = list = [];
        }

        return new SerbianWords
        {
            Apart = [.. lists["[apart]"].Select(ReadApart)],
            Foreign = lists["[foreign]"],
            Latin = lists["[latin]"],
            Units = lists["[units]"].ToFrozenSet(StringComparer.Ordinal),
            NoNumerals = lists["[words]"].ToFrozenSet(StringComparer.Ordinal),
        };
    }

    private static ApartLetters ReadApart(string entry)
    {
        var text = entry.TrimStart('^');
        return new ApartLetters(text.Replace("|", "", StringComparison.Ordinal), text.IndexOf('|', StringComparison.Ordinal), entry[0] == '^');
    }
}
