using System.Collections.Frozen;

namespace Cms.Core.Localization.Scripts;

/// <summary>The thirty letters of Serbian in both scripts, lowercase.</summary>
internal static class SerbianAlphabet
{
    private const string LatinLetters = "abvgdđežzijklmnoprstćufhcčš";
    private const string CyrillicLetters = "абвгдђежзијклмнопрстћуфхцчш";

    private static readonly FrozenDictionary<char, char> ToCyrillic =
        LatinLetters.Zip(CyrillicLetters).ToFrozenDictionary(pair => pair.First, pair => pair.Second);

    private static readonly FrozenDictionary<char, string> ToLatin =
        LatinLetters.Zip(CyrillicLetters).Select(pair => (pair.Second, pair.First.ToString()))
            .Concat([('љ', "lj"), ('њ', "nj"), ('џ', "dž")]).ToFrozenDictionary(pair => pair.Item1, pair => pair.Item2);

    /// <summary>The Cyrillic letter of a lowercase Latin one; null where Serbian has no such letter.</summary>
    public static char? Cyrillic(char latin) => ToCyrillic.TryGetValue(latin, out var letter) ? letter : null;

    /// <summary>The Cyrillic letter of two lowercase Latin ones; null where they are two letters.</summary>
    public static char? Cyrillic(char first, char second) => (first, second) switch
    {
        ('l', 'j') => 'љ',
        ('n', 'j') => 'њ',
        ('d', 'ž') => 'џ',
        _ => null,
    };

    /// <summary>The one or two Latin letters of a lowercase Cyrillic one; null where Serbian has no such letter.</summary>
    public static string? Latin(char cyrillic) => ToLatin.GetValueOrDefault(cyrillic);
}
