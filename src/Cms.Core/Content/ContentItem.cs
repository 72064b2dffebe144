using System.Text.Json.Nodes;

namespace Cms.Core.Content;

/// <summary>
/// One version of a content item: the envelope, and the parts' JSON by attachment name (content-model contract, section 3).
/// Mutable while it is edited; a reader must treat an item that it got from a store as its own copy.
/// </summary>
public sealed class ContentItem
{
    public required string ContentItemId { get; set; }
    public string ContentItemVersionId { get; set; } = "";
    public required string ContentType { get; init; }
    public string? DisplayText { get; set; }
    /// <summary>The newest version that is not deleted; at most one of an item's versions is.</summary>
    public bool Latest { get; set; }
    /// <summary>The version that readers see; at most one of an item's versions is.</summary>
    public bool Published { get; set; }
    public DateTime? ModifiedUtc { get; set; }
    public DateTime? PublishedUtc { get; set; }
    public DateTime? CreatedUtc { get; set; }
    /// <summary>The id of the user who owns the item.</summary>
    public string? Owner { get; set; }
    /// <summary>The name of the user who changed it last.</summary>
    public string? Author { get; set; }

    /// <summary>The parts, keyed by the name under which the type attaches them; unknown ones included.</summary>
    public JsonObject Content { get; init; } = [];

    /// <summary>Counts the changes of the item as a whole, over all its versions. Not part of the contract's JSON.</summary>
    public long Revision { get; set; }

    /// <summary>The contract's DocumentId: the storage row of this version, 0 before it is stored.</summary>
    public long DocumentId { get; set; }

    public JsonObject? Part(string name) => Content[name] as JsonObject;

    /// <summary>The named part's JSON, added empty where the item lacks it.</summary>
    public JsonObject GetOrAdd(string name)
    {
        if (Content[name] is JsonObject part) return part;
        var added = new JsonObject();
        Content[name] = added;
        return added;
    }

    /// <summary>The item's culture name, or null for an item that is not localizable.</summary>
    public string? Culture => Part("LocalizationPart")?.TextOf("Culture");

    public string? LocalizationSet => Part("LocalizationPart")?.TextOf("LocalizationSet");

    /// <summary>Whether both say the same, whatever their version, flags, dates and authors; the order of JSON members does not count.</summary>
    public bool HasSameContent(ContentItem other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ContentType == other.ContentType && DisplayText == other.DisplayText && Owner == other.Owner && JsonNode.DeepEquals(Content, other.Content);
    }

    public ContentItem Copy() => new()
    {
        ContentItemId = ContentItemId,
        ContentItemVersionId = ContentItemVersionId,
        ContentType = ContentType,
        DisplayText = DisplayText,
        Latest = Latest,
        Published = Published,
        ModifiedUtc = ModifiedUtc,
        PublishedUtc = PublishedUtc,
        CreatedUtc = CreatedUtc,
        Owner = Owner,
        Author = Author,
        Content = (JsonObject)Content.DeepClone(),
        Revision = Revision,
        DocumentId = DocumentId,
    };
}
