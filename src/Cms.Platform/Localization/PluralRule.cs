namespace Cms.Platform.Localization;

/// <summary>Which plural form a count takes, by language (localization contract, section 1).</summary>
public static class PluralRule
{
    /// <summary>The form's index in the order of the PO file.</summary>
    /// <param name="language">The root of the culture's name, such as <c>sr</c> for <c>sr-Latn</c>.</param>
    /// <param name="count">How many.</param>
    public static int FormOf(string language, int count)
    {
        var n = Math.Abs((long)count);
        return language switch
        {
            "sr" or "hr" or "bs" or "ru" or "uk" or "be" => Slavic(n),
            "lt" => n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 >= 2 && n % 100 is < 10 or >= 20 ? 1 : 2,
            "pl" => n == 1 ? 0 : n % 10 is >= 2 and <= 4 && n % 100 is not (>= 12 and <= 14) ? 1 : 2,
            "cs" or "sk" => n == 1 ? 0 : n is >= 2 and <= 4 ? 1 : 2,
            "sl" => (n % 100) switch { 1 => 0, 2 => 1, 3 or 4 => 2, _ => 3 },
            "ro" => n == 1 ? 0 : n == 0 || n % 100 is >= 1 and < 20 ? 1 : 2,
            "ar" => Arabic(n),
            "mk" => n % 10 == 1 ? 0 : 1,
            "fr" or "tr" => n > 1 ? 1 : 0,
            "zh" or "ja" or "ko" or "vi" or "th" or "id" => 0,
            _ => n == 1 ? 0 : 1,
        };
    }

    private static int Slavic(long n) =>
        n % 10 == 1 && n % 100 != 11 ? 0 : n % 10 is >= 2 and <= 4 && n % 100 is not (>= 12 and <= 14) ? 1 : 2;

    private static int Arabic(long n) => n switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        _ => n % 100 is >= 3 and <= 10 ? 3 : n % 100 >= 11 ? 4 : 5,
    };
}
