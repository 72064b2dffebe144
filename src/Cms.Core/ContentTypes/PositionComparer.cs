using System.Globalization;

namespace Cms.Core.ContentTypes;

/// <summary>Dotted natural order: "2" before "10", "1" before "1.1"; no position counts as 0.</summary>
public sealed class PositionComparer : IComparer<string?>
{
    public static PositionComparer Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = Numbers(x);
        var right = Numbers(y);
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var order = (i < left.Length ? left[i] : -1).CompareTo(i < right.Length ? right[i] : -1);
            if (order != 0) return order;
        }

        return 0;
    }

    private static double[] Numbers(string? position) =>
        string.IsNullOrWhiteSpace(position)
            ? [0]
            : [.. position.Split('.').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : 0)];
}
