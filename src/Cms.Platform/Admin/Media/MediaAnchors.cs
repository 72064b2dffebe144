using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Admin.Media;

/// <summary>The points that an editor can choose to stay in sight; others stay as they are.</summary>
internal static class MediaAnchors
{
    private static readonly (string Name, decimal X, decimal Y)[] Named =
    [
        ("Centre", 0.5m, 0.5m), ("Top left", 0, 0), ("Top", 0.5m, 0), ("Top right", 1, 0), ("Left", 0, 0.5m), ("Right", 1, 0.5m),
        ("Bottom left", 0, 1), ("Bottom", 0.5m, 1), ("Bottom right", 1, 1),
    ];

    public static JsonObject Centre => new() { ["X"] = 0.5m, ["Y"] = 0.5m };

    /// <summary>The choices for a file that has that anchor, by their names and as they are stored.</summary>
    public static IEnumerable<(string Name, string Value, bool IsChosen)> Choices(JsonNode? stored)
    {
        var anchor = stored as JsonObject ?? Centre;
        var (x, y) = (anchor.NumberOf("X") ?? 0.5m, anchor.NumberOf("Y") ?? 0.5m);
        var name = Array.Find(Named, point => point.X == x && point.Y == y).Name ?? string.Create(CultureInfo.InvariantCulture, $"{x:0%}, {y:0%}");

        // What is chosen is sent as it is stored, whatever else that holds.
        return Named.Where(point => point.Name != name).Select(point => (point.Name, Json(point.X, point.Y), false)).Prepend((name, stored?.ToJsonString() ?? "", true));
    }

    private static string Json(decimal x, decimal y) => new JsonObject { ["X"] = x, ["Y"] = y }.ToJsonString();
}
