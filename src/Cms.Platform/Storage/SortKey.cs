using System.Collections.Concurrent;
using System.Globalization;
using Cms.Core.Content;

namespace Cms.Platform.Storage;

/// <summary>
/// Texts that databases compare byte by byte and that sort as people expect: words by the alphabet of the item's language (dh
/// and ll are letters in Albanian, lj and nj in Serbian) without regard to case, numbers by size, moments by time. Made here
/// and not by the database, so that every provider sorts alike.
/// </summary>
internal static class SortKey
{
    /// <summary>Characters of a text that its place in a list depends on.</summary>
    private const int MaxText = 100;

    /// <summary>Characters of a key; a key of a longer text ends here.</summary>
    private const int MaxLength = 400;

    private static readonly ConcurrentDictionary<string, CompareInfo> Alphabets = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether this machine has the languages' alphabets (ICU). Without them .NET runs in its invariant mode, and texts
    /// sort by the numbers of their characters.
    /// </summary>
    public static bool HasAlphabets { get; } = CultureInfo.GetCultureInfo("sq").CompareInfo.Compare("dz", "dh", CompareOptions.None) < 0;

    /// <summary>Which alphabets the keys are made by; keys of another version don't compare with these.</summary>
    public static string Version { get; } = HasAlphabets
        ? CultureInfo.InvariantCulture.CompareInfo.Version.FullVersion.ToString(CultureInfo.InvariantCulture)
        : "invariant";

    /// <summary>The key of an indexed value; empty where there is none.</summary>
    public static string Of(IndexValue value, string? culture) => value switch
    {
        { Text: { } text } => OfText(text, culture),
        { Number: { } number } => Of(number),
        { Moment: { } moment } => Of(moment),
        { Flag: { } flag } => Of(flag),
        _ => "",
    };

    public static string Of(decimal number)
    {
        // Positive numbers get the sign's bit and negative ones are turned round, so that bits compare as numbers do.
        var bits = BitConverter.DoubleToInt64Bits((double)number + 0.0);
        var ordered = bits < 0 ? ~(ulong)bits : (ulong)bits | 0x8000_0000_0000_0000;
        return ordered.ToString("x16", CultureInfo.InvariantCulture);
    }

    public static string Of(DateTime utc) => (utc.Ticks / TimeSpan.TicksPerMicrosecond).ToString("d18", CultureInfo.InvariantCulture);

    public static string Of(bool flag) => flag ? "1" : "0";

    public static string OfText(string? text, string? culture)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var key = Alphabets.GetOrAdd(culture ?? "", Alphabet).GetSortKey(text.Length > MaxText ? text[..MaxText] : text).KeyData;
        var length = Math.Min(key.AsSpan().TrimEnd((byte)0).Length, MaxLength);

        // Bytes become characters of the same order. A zero can't be stored; the alphabets' keys have none inside.
        return string.Create(length, key, static (characters, bytes) =>
        {
            for (var i = 0; i < characters.Length; i++) characters[i] = (char)Math.Max((byte)1, bytes[i]);
        });
    }

    private static CompareInfo Alphabet(string culture)
    {
        try
        {
            return CultureInfo.GetCultureInfo(culture, predefinedOnly: true).CompareInfo;
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.InvariantCulture.CompareInfo;
        }
    }
}
