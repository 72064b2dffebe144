using System.Text.Json.Nodes;

namespace Cms.Core.Content;

/// <summary>Content items as JSON, envelope first and in the contract's order (content-model contract, section 3).</summary>
public static class ContentItemJson
{
    /// <summary>How deep an item's JSON may be nested: deep enough for every model, and readable wherever it is stored or wrapped.</summary>
    public const int MaxDepth = 60;

    private static readonly HashSet<string> Envelope =
    [
        nameof(ContentItem.ContentItemId), nameof(ContentItem.ContentItemVersionId), nameof(ContentItem.ContentType),
        nameof(ContentItem.DisplayText), nameof(ContentItem.Latest), nameof(ContentItem.Published), nameof(ContentItem.ModifiedUtc),
        nameof(ContentItem.PublishedUtc), nameof(ContentItem.CreatedUtc), nameof(ContentItem.Owner), nameof(ContentItem.Author),
    ];

    /// <summary>
    /// Reads an item. Wrong-typed envelope values become null or false, unknown scalars are dropped and unknown objects
    /// and arrays are kept, as the contract has it. The id may be empty: the caller decides whether it makes one.
    /// </summary>
    /// <exception cref="ContentFormatException">The content type is missing, an id is too long, or the JSON is nested too deep.</exception>
    public static ContentItem Read(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var type = Text(json, nameof(ContentItem.ContentType));
        if (string.IsNullOrWhiteSpace(type)) throw new ContentFormatException("ContentType is missing; name the type of the item.");
        var id = Text(json, nameof(ContentItem.ContentItemId)) ?? "";
        var versionId = Text(json, nameof(ContentItem.ContentItemVersionId)) ?? "";
        if (id.Length > ContentId.MaxLength || versionId.Length > ContentId.MaxLength)
            throw new ContentFormatException($"The id “{(id.Length > ContentId.MaxLength ? id : versionId)}” is longer than {ContentId.MaxLength} characters.");
        if (IsDeeper(json, MaxDepth)) throw new ContentFormatException($"The item's JSON is nested deeper than {MaxDepth} levels.");
        var item = new ContentItem
        {
            ContentItemId = id,
            ContentItemVersionId = versionId,
            ContentType = type,
            DisplayText = Text(json, nameof(ContentItem.DisplayText)),
            Latest = json.FlagOf(nameof(ContentItem.Latest)),
            Published = json.FlagOf(nameof(ContentItem.Published)),
            ModifiedUtc = json.MomentOf(nameof(ContentItem.ModifiedUtc)),
            PublishedUtc = json.MomentOf(nameof(ContentItem.PublishedUtc)),
            CreatedUtc = json.MomentOf(nameof(ContentItem.CreatedUtc)),
            Owner = Text(json, nameof(ContentItem.Owner)),
            Author = Text(json, nameof(ContentItem.Author)),
        };
        foreach (var (name, value) in json)
        {
            if (!Envelope.Contains(name) && value is (JsonObject or JsonArray)) item.Content[name] = value.DeepClone();
        }

        return item;
    }

    /// <summary>The item; null where the JSON is none, which the validator tells of.</summary>
    private static ContentItem? TryRead(JsonObject json)
    {
        try
        {
            return Read(json);
        }
        catch (ContentFormatException)
        {
            return null;
        }
    }

    /// <summary>The items of a list by their id, the first of each; entries that are no items are left out.</summary>
    public static IReadOnlyDictionary<string, ContentItem> ById(JsonArray? items) =>
        (items ?? []).OfType<JsonObject>().Select(TryRead).OfType<ContentItem>()
            .GroupBy(item => item.ContentItemId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Changes the content of every item in a list; entries that are no items are left alone.</summary>
    /// <param name="items">The value of a member that holds items; anything but a list holds none.</param>
    /// <param name="stored">The same member as it is stored.</param>
    /// <param name="change">Gets an item, the one of the same id as it is stored, and its place in the list.</param>
    public static void ChangeEach(JsonNode? items, JsonNode? stored, Action<ContentItem, ContentItem?, int> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (items is not JsonArray list) return;
        var before = ById(stored as JsonArray);
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not JsonObject json || TryRead(json) is not { } item) continue;
            change(item, before.GetValueOrDefault(item.ContentItemId), i);
            foreach (var (name, part) in item.Content) json[name] = part?.DeepClone();
        }
    }

    public static JsonObject Write(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var json = new JsonObject();
        Add(json, nameof(ContentItem.ContentItemId), item.ContentItemId);
        Add(json, nameof(ContentItem.ContentItemVersionId), item.ContentItemVersionId);
        Add(json, nameof(ContentItem.ContentType), item.ContentType);
        Add(json, nameof(ContentItem.DisplayText), item.DisplayText);
        json[nameof(ContentItem.Latest)] = item.Latest;
        json[nameof(ContentItem.Published)] = item.Published;
        Add(json, nameof(ContentItem.ModifiedUtc), item.ModifiedUtc);
        Add(json, nameof(ContentItem.PublishedUtc), item.PublishedUtc);
        Add(json, nameof(ContentItem.CreatedUtc), item.CreatedUtc);
        Add(json, nameof(ContentItem.Owner), item.Owner);
        Add(json, nameof(ContentItem.Author), item.Author);
        foreach (var (name, value) in item.Content) json[name] = value?.DeepClone();
        return json;
    }

    private static bool IsDeeper(JsonNode? node, int levels) => node switch
    {
        JsonObject json => levels == 0 || json.Any(member => IsDeeper(member.Value, levels - 1)),
        JsonArray array => levels == 0 || array.Any(element => IsDeeper(element, levels - 1)),
        _ => false,
    };

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null) json[name] = value;
    }

    private static void Add(JsonObject json, string name, DateTime? value)
    {
        if (value is { } moment) json[name] = JsonValues.WriteMoment(moment);
    }

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

/// <summary>A content item's JSON can't be read; the message says what is wrong and what to do.</summary>
public sealed class ContentFormatException(string message) : Exception(message)
{
    public ContentFormatException(ContentProblem problem) : this((problem ?? throw new ArgumentNullException(nameof(problem))).Message) => Problem = problem;

    /// <summary>The problem as a text that can be translated, where there is one.</summary>
    public ContentProblem? Problem { get; }
}
