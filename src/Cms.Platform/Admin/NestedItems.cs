using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Admin;

/// <summary>
/// The items in a list of nested ones as a form sends them back: those that stay keep all that the form does not show, and
/// entries that can't be shown, because they are no items, keep their positions.
/// </summary>
internal sealed class NestedItems(JsonArray stored)
{
    /// <summary>The ids of the stored items by position; null for what is no item or was taken.</summary>
    private readonly string?[] _left = [.. stored.Select(entry => Read(entry)?.ContentItemId)];
    private readonly JsonArray _sent = [];

    /// <summary>The items that a form shows, with their positions in the list.</summary>
    public static IEnumerable<(ContentItem Item, int Position)> Shown(JsonNode? list) =>
        (list as JsonArray ?? []).Select((entry, position) => (Item: Read(entry), position)).Where(entry => entry.Item is not null).Select(entry => (entry.Item!, entry.position));

    /// <summary>Null for what is no item.</summary>
    public static ContentItem? Read(JsonNode? entry)
    {
        try
        {
            return entry is JsonObject json ? ContentItemJson.Read(json) : null;
        }
        catch (ContentFormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the parts of an edited item into its JSON; what did not change is not written.</summary>
    public static void Write(ContentItem edited, JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(edited);
        ArgumentNullException.ThrowIfNull(json);
        foreach (var (name, part) in edited.Content)
        {
            if (!JsonNode.DeepEquals(json[name], part)) json[name] = part?.DeepClone();
        }
    }

    /// <summary>The next item of the list: a copy of the stored one of that id, the first that was not taken yet, or a new one.</summary>
    public JsonObject? Take(string contentItemId, string contentType, bool isNewAllowed)
    {
        var position = Array.IndexOf(_left, contentItemId);
        if (position < 0 && (!isNewAllowed || contentType.Length == 0 || contentItemId.Length > ContentId.MaxLength)) return null;
        var json = position < 0
            ? ContentItemJson.Write(new ContentItem { ContentItemId = contentItemId, ContentType = contentType })
            : (JsonObject)stored[position]!.DeepClone();
        if (position >= 0) _left[position] = null;
        _sent.Add(json);
        return json;
    }

    /// <summary>The list with what was taken, in that order; null where nothing changed.</summary>
    public JsonArray? Result()
    {
        for (var i = 0; i < stored.Count; i++)
        {
            if (Read(stored[i]) is null) _sent.Insert(Math.Min(i, _sent.Count), stored[i]?.DeepClone());
        }

        return JsonNode.DeepEquals(stored, _sent) ? null : _sent;
    }
}
