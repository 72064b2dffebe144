using System.Drawing;
using System.Globalization;

namespace Cms.Platform.Media.Images;

/// <summary>A colour, each share from 0 to 255.</summary>
public sealed record ImageColor(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    public static ImageColor White { get; } = new(255, 255, 255);

    public static ImageColor Transparent { get; } = new(0, 0, 0, 0);

    /// <summary>Hexadecimal with three, four, six or eight digits, two to four numbers with commas, or a name that style sheets know; null for anything else.</summary>
    public static ImageColor? Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains(',', StringComparison.Ordinal)) return OfNumbers(text.Split(','));
        return OfHexadecimal(text.TrimStart('#')) ?? OfName(text);
    }

    private static ImageColor? OfNumbers(string[] parts)
    {
        var shares = parts.Select(part => byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var share) ? share : (byte?)null).ToArray();
        return shares.Length is 3 or 4 && shares.All(share => share is not null)
            ? new ImageColor(shares[0]!.Value, shares[1]!.Value, shares[2]!.Value, shares.Length == 4 ? shares[3]!.Value : (byte)255)
            : null;
    }

    private static ImageColor? OfHexadecimal(string digits)
    {
        if (!digits.All(char.IsAsciiHexDigit) || digits.Length is not (3 or 4 or 6 or 8)) return null;
        var shares = Convert.FromHexString(digits.Length < 6 ? string.Concat(digits.Select(digit => $"{digit}{digit}")) : digits);
        return new ImageColor(shares[0], shares[1], shares[2], shares.Length == 4 ? shares[3] : (byte)255);
    }

    private static ImageColor? OfName(string name) =>
        Color.FromName(name) is { IsKnownColor: true, IsSystemColor: false } color ? new ImageColor(color.R, color.G, color.B, color.A) : null;
}
