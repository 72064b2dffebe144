using System.Net;
using System.Text.RegularExpressions;

namespace Cms.Core.Localization.Scripts;

/// <summary>Converts encoded text such that letters written as entities count as letters, and other entities stay as they are.</summary>
internal static partial class HtmlEntities
{
    /// <summary>Stand in for entities while the text is converted; these code points are nobody's letters.</summary>
    private const char FirstPlaceholder = '\uE000';

    private const int Placeholders = 0x1900;

    public static string ConvertText(string text, Func<string, string> convert)
    {
        if (!text.Contains('&', StringComparison.Ordinal)) return convert(text);
        var kept = new List<string>();
        var plain = Entity().Replace(text, match =>
        {
            var decoded = WebUtility.HtmlDecode(match.Value);
            if (decoded.Length == 1 && char.IsLetter(decoded[0])) return decoded;
            if (kept.Count == Placeholders) return match.Value;
            kept.Add(match.Value);
            return ((char)(FirstPlaceholder + kept.Count - 1)).ToString();
        });
        var converted = convert(plain);
        return kept.Count == 0 ? converted : Placeholder().Replace(converted, match =>
            match.Value[0] - FirstPlaceholder is var index && index < kept.Count ? kept[index] : match.Value);
    }

    [GeneratedRegex("&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entity();

    [GeneratedRegex("[\uE000-\uF8FF]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
