using System.Text.Json.Nodes;
using Cms.Core.Fields;

namespace Cms.Core.Content;

/// <summary>One typed value of an item, as storage indexes it.</summary>
/// <param name="Key">The path that queries name, such as <c>Event.Start</c>.</param>
/// <param name="Kind">The field or part kind.</param>
/// <param name="Part">The attachment name.</param>
/// <param name="Field">The field, or null for a part's own member.</param>
/// <param name="Member">The member of the value.</param>
public sealed record IndexValue(string Key, string Kind, string Part, string? Field, string Member)
{
    /// <summary>The value's place in its list, from 0. Orders look at the first.</summary>
    public int Place { get; init; }

    public string? Text { get; init; }
    public decimal? Number { get; init; }
    public DateTime? Moment { get; init; }
    public bool? Flag { get; init; }
}

/// <summary>A value that at most one item may hold.</summary>
public sealed record UniqueValue(string Key, string Value);

/// <summary>Adds a value that follows from an item's content, where the item's fields alone can't be queried for it.</summary>
public interface IDerivedIndex
{
    IEnumerable<IndexValue> Values(ContentItem item);
}

/// <summary>Reads out of an item what storage indexes, as its type's kinds state it.</summary>
public sealed class ContentIndexer(ContentModel model, IEnumerable<IDerivedIndex> derived)
{
    public IEnumerable<IndexValue> Values(ContentItem item)
    {
        foreach (var definition in model.Values(item))
        {
            if (definition.In(item) is not { } json) continue;
            foreach (var member in definition.Shape.Members.Where(member => member.IsIndexed))
            {
                foreach (var value in Scalars(json[member.Name], member))
                {
                    if (Typed(Entry(definition, member), value, member) is { } typed) yield return typed;
                }
            }
        }
    }

    /// <summary>
    /// The values with their places, and an empty one for each indexed member that has none: whoever orders items by a member
    /// finds every item of the type by it.
    /// </summary>
    public IEnumerable<IndexValue> Rows(ContentItem item)
    {
        var found = Values(item).ToLookup(value => (value.Part, value.Field, value.Member));
        foreach (var definition in model.Values(item))
        {
            foreach (var member in definition.Shape.Members.Where(member => member.IsIndexed))
            {
                var place = 0;
                foreach (var value in found[(definition.Part.Name, definition.Field?.Name, member.Name)]) yield return value with { Place = place++ };
                if (place == 0) yield return Entry(definition, member);
            }
        }

        foreach (var value in derived.SelectMany(index => index.Values(item))) yield return value;
    }

    /// <summary>Whether every item of the type has a row of that key.</summary>
    public bool HasRows(string contentType, string key) =>
        model.Definitions.Type(contentType) is { } type && model.IndexedFields(type).Any(field => field.Key == key);

    public IEnumerable<UniqueValue> UniqueValues(ContentItem item)
    {
        foreach (var definition in model.Values(item))
        {
            if (definition.In(item) is not { } json) continue;
            foreach (var member in definition.Shape.Members.Where(member => member.IsUnique))
            {
                if (json.TextOf(member.Name) is { Length: > 0 } text)
                    yield return new UniqueValue($"{definition.KindName}.{member.Name}", text.ToLowerInvariant());
            }
        }
    }

    private static IndexValue Entry(ContentValueDefinition definition, ContentMember member) =>
        new(definition.Indexed(member).Key, definition.KindName, definition.Part.Name, definition.Field?.Name, member.Name);

    private static IEnumerable<JsonValue> Scalars(JsonNode? value, ContentMember member) =>
        member.IsList ? (value as JsonArray)?.OfType<JsonValue>() ?? [] : value is JsonValue scalar ? [scalar] : [];

    private static IndexValue? Typed(IndexValue entry, JsonValue value, ContentMember member)
    {
        var text = value.AsText();
        return member.Type.Column() switch
        {
            IndexColumn.Number => JsonValues.ParseNumber(text) is { } number ? entry with { Number = number } : null,
            IndexColumn.Flag => bool.TryParse(text, out var flag) ? entry with { Flag = flag } : null,
            IndexColumn.Moment => (member.Type == MemberType.Date ? Iso8601.ParseDay(text) : Iso8601.ParseMoment(text)) is { } moment ? entry with { Moment = moment } : null,
            _ => text.Length == 0 ? null : entry with { Text = member.IsIndexedLowercase ? text.ToLowerInvariant() : text },
        };
    }
}
