using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.GraphQL;

/// <summary>A part or a field of an item while a query is resolved: its JSON, and the item that it belongs to.</summary>
public sealed record GraphValue(ContentItem Item, JsonObject Json)
{
    /// <summary>The value under an object of the query, which is an item or a value of one; null where the item lacks it.</summary>
    public static GraphValue? Of(object? source, ImmutableArray<string> path)
    {
        var value = source is ContentItem item ? new GraphValue(item, item.Content) : (GraphValue?)source;
        foreach (var name in path)
        {
            if (value?.Json[name] is not JsonObject json) return null;
            value = value with { Json = json };
        }

        return value;
    }
}
