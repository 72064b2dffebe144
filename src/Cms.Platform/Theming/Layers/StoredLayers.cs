using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Theming.Templates;

namespace Cms.Platform.Theming.Layers;

/// <summary>Layers by name, each with the rule that says where its widgets are shown.</summary>
public sealed class StoredLayers() : StoredDocument("layers")
{
    /// <summary>The layer's rule; null where there is no such layer. Names compare without case.</summary>
    public JsonObject? Rule(string layer) =>
        Current.FirstOrDefault(pair => string.Equals(pair.Key, layer, StringComparison.OrdinalIgnoreCase)).Value is JsonObject found ? found["LayerRule"] as JsonObject : null;

    public bool IsEmpty => Current.Count == 0;
}

/// <summary>Where an item stands in the layout: <c>{"RenderTitle","Position","Zone","Layer"}</c>.</summary>
public sealed record LayerWidget(ContentItem Item, bool RendersTitle, string Position, string Zone, string Layer)
{
    public const string Part = "LayerMetadata";

    public static LayerWidget? Read(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.Part(Part) is not { } metadata || metadata.TextOf("Zone") is not { Length: > 0 } zone || metadata.TextOf("Layer") is not { Length: > 0 } layer) return null;
        return new LayerWidget(item, metadata["RenderTitle"] is null || metadata.FlagOf("RenderTitle"), metadata.TextOf("Position") ?? "0", zone, layer);
    }
}
