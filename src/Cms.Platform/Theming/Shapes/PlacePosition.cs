using System.Globalization;
using Cms.Core.ContentTypes;

namespace Cms.Platform.Theming.Shapes;

/// <summary>Order of shapes in a zone: dotted numbers, with <c>before</c> ahead of all and <c>after</c> behind; none counts as 0.</summary>
public static class PlacePosition
{
    private const int First = -9999;
    private const int Last = 9999;

    public static IComparer<string?> Comparer { get; } = Comparer<string?>.Create((left, right) => PositionComparer.Instance.Compare(Number(left), Number(right)));

    private static string? Number(string? position) => position switch
    {
        null or "" => "0",
        _ when position.StartsWith("before", StringComparison.OrdinalIgnoreCase) => First.ToString(CultureInfo.InvariantCulture),
        _ when position.StartsWith("after", StringComparison.OrdinalIgnoreCase) => Last.ToString(CultureInfo.InvariantCulture),
        _ => position,
    };
}
