namespace Cms.Core.Localization.Scripts;

/// <summary>Words and phrases that are not converted, found by the letters that they begin with. Case does not matter.</summary>
internal sealed class KeptPhrases
{
    private readonly Dictionary<char, List<(string Text, bool AnyEnding)>> _byFirstLetter = [];

    /// <param name="phrases">An asterisk at the end stands for any ending.</param>
    public KeptPhrases(IEnumerable<string> phrases)
    {
        // Longer ones first, so that a phrase is found before its first word.
        foreach (var phrase in phrases.Select(phrase => phrase.Trim()).Where(phrase => phrase.TrimEnd('*').Length > 0).OrderByDescending(phrase => phrase.Length))
        {
            var first = char.ToUpperInvariant(phrase[0]);
            if (!_byFirstLetter.TryGetValue(first, out var list)) _byFirstLetter[first] = list = [];
            list.Add((phrase.TrimEnd('*'), phrase[^1] == '*'));
        }
    }

    /// <summary>Where the phrase that begins here ends, or null where none begins.</summary>
    public int? EndAt(string text, int start)
    {
        if (!_byFirstLetter.TryGetValue(char.ToUpperInvariant(text[start]), out var list)) return null;
        foreach (var (phrase, anyEnding) in list)
        {
            if (string.Compare(text, start, phrase, 0, phrase.Length, StringComparison.OrdinalIgnoreCase) != 0) continue;
            var end = start + phrase.Length;
            if (anyEnding)
            {
                while (end < text.Length && char.IsLetterOrDigit(text[end])) end++;
                return end;
            }

            if (end >= text.Length || !char.IsLetterOrDigit(text[end])) return end;
        }

        return null;
    }
}
