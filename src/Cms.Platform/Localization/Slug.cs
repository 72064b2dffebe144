using System.Text;
using AnyAscii;
using Cms.Core.Localization.Scripts;

namespace Cms.Platform.Localization;

/// <summary>Text in the letters of addresses: each language's own rules where they are known, and those of AnyAscii for the rest.</summary>
public static class Slug
{
    /// <summary>Lowercase letters and digits, and a single hyphen for all between: <c>Ђон и çështje</c> is <c>djon-i-ceshtje</c>.</summary>
    public static string Of(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in Ascii(text))
        {
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }

    /// <summary>The text in ASCII. Cyrillic is read by Serbian rules unless a word has letters that Serbian lacks; đ is dj, as its readers write it.</summary>
    public static string Ascii(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SerbianScript.ToLatin(text).Replace("đ", "dj", StringComparison.Ordinal).Replace("Đ", "Dj", StringComparison.Ordinal).Transliterate();
    }
}
