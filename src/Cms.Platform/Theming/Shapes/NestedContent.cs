using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Theming.Shapes;

/// <summary>Items that are nested in the JSON of an item.</summary>
public static class NestedContent
{
    /// <summary>The array's items; what is no item is left out.</summary>
    public static IEnumerable<ContentItem> Items(JsonNode? array)
    {
        foreach (var json in (array as JsonArray ?? []).OfType<JsonObject>())
        {
            if (Item(json) is { } item) yield return item;
        }
    }

    public static ContentItem? Item(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (string.IsNullOrWhiteSpace(json.TextOf(nameof(ContentItem.ContentType)))) return null;
        try
        {
            return ContentItemJson.Read(json);
        }
        catch (ContentFormatException)
        {
            return null;
        }
    }

    /// <summary>All items that are nested in the item, however deep.</summary>
    public static IEnumerable<JsonObject> All(JsonNode? node, int depth = 0)
    {
        if (depth > ContentValidator.MaxNesting * 3) yield break;
        var children = node switch
        {
            JsonObject json => json.Select(pair => pair.Value),
            JsonArray array => array,
            _ => [],
        };
        foreach (var child in children)
        {
            if (child is JsonObject json && json.ContainsKey(nameof(ContentItem.ContentItemId)) && json.ContainsKey(nameof(ContentItem.ContentType))) yield return json;
            foreach (var inner in All(child, depth + 1)) yield return inner;
        }
    }
}
