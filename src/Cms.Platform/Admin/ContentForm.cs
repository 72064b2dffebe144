using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin;

/// <summary>
/// The posted form of an item: <c>Part.Field.Member</c>, and <c>Bag[0].Part.Field.Member</c> in nested items. Parts and members that
/// the form does not show stay as they are.
/// </summary>
public sealed class ContentForm(ContentModel model)
{
    /// <summary>Nested items that one list may hold.</summary>
    public const int MaxNestedItems = 200;

    /// <summary>Writes what was typed into the item.</summary>
    public void Apply(ContentItem item, IFormCollection form, TimeZoneInfo zone) => Apply(item, form, zone, "", 0);

    /// <summary>Adds, removes or moves a nested item, as the button that was pressed says: <c>add:Path:Type</c>, <c>remove:Path:2</c>, <c>up:…</c>, <c>down:…</c>.</summary>
    public bool Rearrange(ContentItem item, string command)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(command);
        var words = command.Split(':');
        if (words.Length != 3 || words[0] is not ("add" or "remove" or "up" or "down")) return false;
        if (model.Values(item).FirstOrDefault(value => value.Path == words[1]) is not { } definition) return false;
        if (definition.Shape.Members.FirstOrDefault(member => member.Type == MemberType.ContentItems) is not { } member) return false;
        var json = definition.AddTo(item);
        if (json[member.Name] is not JsonArray items) json[member.Name] = items = [];
        if (words[0] == "add") Add(items, words[2], definition.Editor(member));
        else if (int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count) Move(items, index, words[0]);
        return true;
    }

    private static void Add(JsonArray items, string contentType, EditorHint hint)
    {
        if (items.Count >= MaxNestedItems || !hint.ContentTypes.Contains(contentType)) return;
        items.Add(ContentItemJson.Write(new ContentItem { ContentItemId = ContentId.New(), ContentType = contentType }));
    }

    private static void Move(JsonArray items, int index, string direction)
    {
        var moved = items[index];
        items.RemoveAt(index);
        if (direction == "up") items.Insert(Math.Max(0, index - 1), moved);
        if (direction == "down") items.Insert(Math.Min(items.Count, index + 1), moved);
    }

    private void Apply(ContentItem item, IFormCollection form, TimeZoneInfo zone, string prefix, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var value in model.Values(item))
        {
            foreach (var member in value.Shape.Members)
            {
                var name = $"{prefix}{value.Path}.{member.Name}";
                var input = FormValues.Input(member, value.Editor(member));
                if (input == "none") continue;
                if (member.Type == MemberType.ContentItems) ApplyNested(value.AddTo(item), member, form, zone, $"{prefix}{value.Path}", depth);
                else if (form.ContainsKey("shown:" + name)) Set(value, item, member, [.. form[name].Select(text => text ?? "")], zone);
            }
        }
    }

    private static void Set(ContentValueDefinition value, ContentItem item, ContentMember member, IReadOnlyList<string> texts, TimeZoneInfo zone)
    {
        var read = FormValues.Read(texts, member, zone);
        if (read is null && value.In(item)?[member.Name] is null) return;
        var json = value.AddTo(item);
        if (read is null) json.Remove(member.Name);
        else json[member.Name] = read;
    }

    private void ApplyNested(JsonObject json, ContentMember member, IFormCollection form, TimeZoneInfo zone, string path, int depth)
    {
        if (json[member.Name] is not JsonArray stored) json[member.Name] = stored = [];
        var known = stored.OfType<JsonObject>().GroupBy(entry => entry.TextOf(nameof(ContentItem.ContentItemId)) ?? "")
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var items = new JsonArray();
        for (var i = 0; i < MaxNestedItems && form.TryGetValue($"{path}[{i}].ContentItemId", out var id) && form.TryGetValue($"{path}[{i}].ContentType", out var type); i++)
        {
            var nested = known.TryGetValue(id.ToString(), out var existing)
                ? ContentItemJson.Read(existing)
                : new ContentItem { ContentItemId = id.ToString(), ContentType = type.ToString() };
            Apply(nested, form, zone, $"{path}[{i}].", depth + 1);
            items.Add(ContentItemJson.Write(nested));
        }

        json[member.Name] = items;
    }
}
