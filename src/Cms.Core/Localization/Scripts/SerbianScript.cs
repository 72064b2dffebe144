using System.Text;
using System.Text.RegularExpressions;

namespace Cms.Core.Localization.Scripts;

/// <summary>
/// Serbian text in its other script. Latin to Cyrillic leaves foreign words, addresses, units, formulas and Roman numerals as they
/// are (<c>serbian.txt</c> holds the lists); Cyrillic to Latin leaves words of other languages. Thread-safe.
/// </summary>
/// <param name="kept">Words and phrases that stay Latin on this site, in any case; an asterisk at the end stands for any ending.</param>
public sealed partial class SerbianScript(params IEnumerable<string> kept)
{
    /// <summary>Addresses of the web and of mail, paths, files and time zones. Linear in the length of what editors wrote.</summary>
    private static readonly Regex Address = new(
        @"://|(^|[^\p{L}])www\.|\w@\w|^@\w|^[/~]+\w|^\W*(Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Z]|^\W*[\w-]+(\.[\w-]+)*\.(com|org|net|eu|info|int|gov|edu|rs|me|mk|al|ba|hr|si|io|no|se|dk|fi|de|at|ch|fr|it|es|nl|be|uk|us|gr|bg|ro|hu|pl|tr|co|tv|pdf|docx?|xlsx?|csv|json|html?|jpe?g|png|svg|zip)($|[^\p{L}\d])",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private readonly KeptPhrases _kept = new([.. SerbianWords.Instance.Latin, .. kept]);

    public string ToCyrillic(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyInRange('A', 'ž') < 0 ? text : Convert(text, WordToCyrillic);
    }

    public static string ToLatin(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyInRange('Ѐ', 'ӿ') < 0 ? text : Convert(text, WordToLatin);
    }

    private static string Convert(string text, Func<string, Range, (string Word, int End)> word)
    {
        if (!text.IsNormalized(NormalizationForm.FormC)) text = text.Normalize(NormalizationForm.FormC);
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (AddressEnd(text, i) is { } end)
            {
                result.Append(text, i, end - i);
                i = end;
            }
            else if (char.IsLetter(text[i]))
            {
                var (converted, after) = word(text, i..WordEnd(text, i));
                result.Append(converted);
                i = after;
            }
            else
            {
                result.Append(text[i++]);
            }
        }

        return result.ToString();
    }

    private (string Word, int End) WordToCyrillic(string text, Range range)
    {
        var (start, end) = (range.Start.Value, range.End.Value);
        if ((start == 0 || !char.IsLetterOrDigit(text[start - 1])) && _kept.EndAt(text, start) is { } phrase) return (text[start..phrase], phrase);
        var word = text[start..end];
        return (StaysLatin(text, word, start, end) ? word : Cyrillic(word), end);
    }

    private static bool StaysLatin(string text, string word, int start, int end)
    {
        var lowercase = word.ToLowerInvariant();
        if (lowercase.Any(letter => SerbianAlphabet.Cyrillic(letter) is null)) return true;
        var isCapitals = word.Length > 1 && word.All(char.IsUpper);
        if (!isCapitals && SerbianWords.Instance.Foreign.Any(pair => lowercase.Contains(pair, StringComparison.Ordinal))) return true;
        return IsUnit(text, word, start) || IsNumeral(text, word, start, end);
    }

    /// <summary>A unit after its number, with at most one space or sign between.</summary>
    private static bool IsUnit(string text, string word, int start) =>
        SerbianWords.Instance.Units.Contains(word)
        && ((start > 0 && char.IsDigit(text[start - 1])) || (start > 1 && text[start - 1] is not ('.' or ',' or '-') && char.IsDigit(text[start - 2])));

    /// <summary>A Roman numeral of two letters or more, and a lone V: no Serbian word is written so.</summary>
    private static bool IsNumeral(string text, string word, int start, int end)
    {
        if (!RomanNumeral().IsMatch(word) || SerbianWords.Instance.NoNumerals.Contains(word) || IsAmongCapitals(text, start, end)) return false;
        return word.Length > 1 || (word == "V" && (end == text.Length || text[end] != '.'));
    }

    /// <summary>A word beside one in capitals is part of a text in capitals, where VI means you and not six.</summary>
    private static bool IsAmongCapitals(string text, int start, int end)
    {
        var before = start - 1;
        while (before >= 0 && text[before] == ' ') before--;
        var after = end;
        while (after < text.Length && text[after] == ' ') after++;
        return IsCapitals(text, before, -1) || IsCapitals(text, after, 1);
    }

    private static bool IsCapitals(string text, int from, int step)
    {
        var length = 0;
        var isNumeral = true;
        for (var i = from; i >= 0 && i < text.Length && char.IsLetter(text[i]); i += step, length++)
        {
            if (!char.IsUpper(text[i])) return false;
            isNumeral &= "IVXLCDM".Contains(text[i], StringComparison.Ordinal);
        }

        return length > 2 && !isNumeral;
    }

    private static string Cyrillic(string word)
    {
        var lowercase = word.ToLowerInvariant();
        HashSet<int>? apart = null;
        var result = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length; i++)
        {
            var isUpper = char.IsUpper(word[i]);
            var joined = i + 1 < word.Length && (isUpper || char.IsLower(word[i + 1])) ? SerbianAlphabet.Cyrillic(lowercase[i], lowercase[i + 1]) : null;
            if (joined is not null && (apart ??= SerbianWords.Instance.ApartIn(lowercase)).Contains(i)) joined = null;
            var letter = joined ?? SerbianAlphabet.Cyrillic(lowercase[i])!.Value;
            result.Append(isUpper ? char.ToUpperInvariant(letter) : letter);
            if (joined is not null) i++;
        }

        return result.ToString();
    }

    private static (string Word, int End) WordToLatin(string text, Range range)
    {
        var word = text[range];
        var result = new StringBuilder(word.Length + 4);
        for (var i = 0; i < word.Length; i++)
        {
            if (SerbianAlphabet.Latin(char.ToLowerInvariant(word[i])) is not { } letters) return (word, range.End.Value);
            if (!char.IsUpper(word[i])) result.Append(letters);
            else if (letters.Length == 1 || IsInCapitals(word, i)) result.Append(letters.ToUpperInvariant());
            else result.Append(char.ToUpperInvariant(letters[0])).Append(letters[1]);
        }

        return (result.ToString(), range.End.Value);
    }

    /// <summary>Whether Љ is LJ: the next letter is a capital, or the word ends and the letter before is one.</summary>
    private static bool IsInCapitals(string word, int at) =>
        at + 1 < word.Length ? char.IsUpper(word[at + 1]) : at > 0 && char.IsUpper(word[at - 1]);

    private static int WordEnd(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        return end;
    }

    /// <summary>Where a web or mail address, a path or a file's name ends that begins here; null where none does.</summary>
    private static int? AddressEnd(string text, int start)
    {
        if (start > 0 && !char.IsWhiteSpace(text[start - 1])) return null;
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
        return end - start > 2 && Address.IsMatch(text.AsSpan(start, end - start)) ? end : null;
    }

    [GeneratedRegex("^(?=[IVXLCDM])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex RomanNumeral();

}
