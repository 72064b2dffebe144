using System.Text.Json.Nodes;
using Cms.Core.Fields;

namespace Cms.Core.Content;

/// <summary>Brings the values of an item and of those nested in it to the form in which they are kept: completed, moments in UTC.</summary>
public sealed class ContentNormalizer(ContentModel model)
{
    /// <param name="item">The item, which is changed.</param>
    /// <param name="stored">The item as it is stored. What is as it was there stays so, but for what it lacks: nobody asked to change it.</param>
    public void Normalize(ContentItem item, ContentItem? stored)
    {
        ArgumentNullException.ThrowIfNull(item);
        Normalize(item, stored, 0);
    }

    private void Normalize(ContentItem item, ContentItem? stored, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var value in model.Values(item))
        {
            if (value.In(item) is not { } json) continue;
            var before = stored is null ? null : value.In(stored);
            if (before is not null && JsonNode.DeepEquals(before, json))
            {
                Complete(value, json);
                continue;
            }

            value.FieldKind?.Normalize(json, value.Field!);
            foreach (var member in value.Shape.Members)
            {
                if (Iso8601.Canonical(json.TextOf(member.Name), member.Type) is { } canonical) json[member.Name] = canonical;
                if (member.Type == MemberType.ContentItems) ContentItemJson.ChangeEach(json[member.Name], before?[member.Name], (nested, was, _) => Normalize(nested, was, depth + 1));
            }
        }
    }

    /// <summary>Adds to a value that nobody changed what follows from it and is missing; recipes may have stored it without.</summary>
    private static void Complete(ContentValueDefinition value, JsonObject json)
    {
        if (value.FieldKind is null) return;
        var normalized = (JsonObject)json.DeepClone();
        value.FieldKind.Normalize(normalized, value.Field!);
        foreach (var (name, member) in normalized.Where(member => !json.ContainsKey(member.Key))) json[name] = member?.DeepClone();
    }
}
