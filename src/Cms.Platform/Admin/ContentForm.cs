using System.Globalization;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Security;
using Cms.Platform.Html;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin;

/// <summary>
/// The posted form of an item: <c>Part.Field.Member</c>, and <c>Bag[0].Part.Field.Member</c> in nested items. Parts and members that
/// the form does not show stay as they are.
/// </summary>
public sealed class ContentForm(ContentModel model, ICurrentUser currentUser)
{
    /// <summary>Nested items that one list may hold.</summary>
    public const int MaxNestedItems = 200;

    /// <summary>The input that edits a member of an item, as <see cref="FormValues.Input"/> names it; "none" also where the user may not edit it.</summary>
    internal string Input(ContentItem item, ContentValueDefinition value, ContentMember member)
    {
        var hint = value.Editor(member);
        return hint.Permission is { } needed && !currentUser.User.Allows(needed, item) ? "none" : FormValues.Input(member, hint);
    }

    /// <summary>The zone in which people write and read the value's moments: the one that the item names, or the site's.</summary>
    internal static TimeZoneInfo ZoneOf(ContentItem item, ContentValueDefinition value, TimeZoneInfo siteZone) =>
        value.TimeZoneId(item) is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : siteZone;

    /// <summary>Writes what was typed into the item.</summary>
    public void Apply(ContentItem item, IFormCollection form, TimeZoneInfo zone) => Apply(item, form, zone, "", 0);

    /// <summary>Adds, removes or moves a nested item or a file, as the button that was pressed says: <c>add:Path:Type</c>, <c>remove:Path:2</c>, <c>up:…</c>, <c>down:…</c>.</summary>
    public bool Rearrange(ContentItem item, string command)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(command);
        var words = command.Split(':');
        return words.Length == 3 && words[0] is ("add" or "remove" or "up" or "down")
            && Change(item, words[1], (definition, json) => Rearrange(definition, json, words[0], words[2]));
    }

    /// <summary>The types of which editors may add items to a list: those it names, those of its stereotype, or the one that a member beside it names.</summary>
    public IEnumerable<ContentTypeDefinition> AddableTypes(EditorHint hint, JsonObject? value)
    {
        ArgumentNullException.ThrowIfNull(hint);
        if (hint.ContentTypesFrom is { } member) return model.Definitions.Type(value?.TextOf(member)) is { } type ? [type] : [];
        if (hint.ContentTypes.Count == 0 && hint.Stereotype is { } stereotype) return model.Definitions.WithStereotype(stereotype);
        return hint.ContentTypes.Select(model.Definitions.Type).OfType<ContentTypeDefinition>();
    }

    /// <summary>Changes the value at a path as the form writes it; false where the item has no such value.</summary>
    internal bool Change(ContentItem item, string path, Action<ContentValueDefinition, JsonObject> change, int depth = 0)
    {
        if (depth > ContentValidator.MaxNesting) return false;
        var bracket = path.IndexOf('[', StringComparison.Ordinal);
        if (model.Values(item).FirstOrDefault(value => value.Path == (bracket < 0 ? path : path[..bracket])) is not { } definition) return false;
        if (bracket >= 0) return ChangeNested(definition, definition.In(item), path[(bracket + 1)..], change, depth);
        change(definition, definition.AddTo(item));
        return true;
    }

    private bool ChangeNested(ContentValueDefinition definition, JsonObject? value, string rest, Action<ContentValueDefinition, JsonObject> change, int depth)
    {
        var end = rest.IndexOf("].", StringComparison.Ordinal);
        if (end < 0 || ListOf(definition) is not { } list || value?[list.Name] is not JsonArray items) return false;
        if (Index(rest[..end], items) is not { } index || items[index] is not JsonObject json) return false;
        if (NestedItems.Read(json) is not { } nested || !Change(nested, rest[(end + 2)..], change, depth + 1)) return false;
        NestedItems.Write(nested, json);
        return true;
    }

    private void Rearrange(ContentValueDefinition definition, JsonObject json, string act, string operand)
    {
        if (ListOf(definition) is not { } list)
        {
            foreach (var array in Aligned(definition, json)) Rearrange(array, act, operand);
            return;
        }

        if (json[list.Name] is not JsonArray items) json[list.Name] = items = [];
        if (act == "add") Add(items, operand, AddableTypes(definition.Editor(list), json));
        else Rearrange(items, act, operand);
    }

    private static void Rearrange(JsonArray items, string act, string operand)
    {
        if (Index(operand, items) is { } index) Move(items, index, act);
    }

    private static ContentMember? ListOf(ContentValueDefinition definition) => definition.Shape.Members.FirstOrDefault(member => member.Type == MemberType.ContentItems);

    /// <summary>The lists of a value whose entries belong together.</summary>
    private static List<JsonArray> Aligned(ContentValueDefinition definition, JsonObject json) =>
        definition.Shape.Members.Any(member => member.IsAligned)
            ? definition.Shape.Members.Where((member, i) => i == 0 || member.IsAligned).Select(member => json[member.Name]).OfType<JsonArray>().ToList()
            : [];

    private static int? Index(string text, JsonArray items) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < items.Count ? index : null;

    private static void Add(JsonArray items, string contentType, IEnumerable<ContentTypeDefinition> types)
    {
        if (items.Count >= MaxNestedItems || types.All(type => type.Name != contentType)) return;
        items.Add(ContentItemJson.Write(new ContentItem { ContentItemId = ContentId.New(), ContentType = contentType }));
    }

    internal static void Move(JsonArray items, int index, string direction)
    {
        var moved = items[index];
        items.RemoveAt(index);
        if (direction == "up") items.Insert(Math.Max(0, index - 1), moved);
        if (direction == "down") items.Insert(Math.Min(items.Count, index + 1), moved);
    }

    private void Apply(ContentItem item, IFormCollection form, TimeZoneInfo zone, string prefix, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        var zones = model.Values(item).ToDictionary(value => value.Path, value => ZoneOf(item, value, zone));

        // Moments are those of the zone that is sent with them, and so come after it.
        foreach (var value in model.Values(item).OrderBy(value => value.Settings.TimeZoneField is not null))
        {
            foreach (var member in value.Shape.Members)
            {
                var name = $"{prefix}{value.Path}.{member.Name}";
                var input = Input(item, value, member);
                if (input == "none" || !form.ContainsKey("shown:" + name)) continue;
                if (member.Type == MemberType.ContentItems) ApplyNested(value, item, member, form, zone, $"{prefix}{value.Path}", depth);
                else ApplyInput(value, item, member, input, [.. form[name].Select(text => text ?? "")], zones[value.Path], ZoneOf(item, value, zone));
            }
        }
    }

    /// <summary>
    /// What comes back as it was shown leaves the stored value as it is: inputs hold less than values do. In another zone than it was
    /// shown in, the same time of the clock is another moment.
    /// </summary>
    private static void ApplyInput(
        ContentValueDefinition value, ContentItem item, ContentMember member, string input, IReadOnlyList<string> sent, TimeZoneInfo shownIn, TimeZoneInfo typedIn)
    {
        var shown = FormValues.Shown(value.In(item), value.Shape, member, shownIn);
        var isSameZone = member.Type != MemberType.DateTime || shownIn.Id == typedIn.Id;
        if (isSameZone && UntouchedInput.Is(sent, shown, member, input)) return;
        Set(value, item, member, FormValues.Read(UntouchedInput.InShownOrder(sent, shown, member, input), member, input, typedIn));
    }

    private static void Set(ContentValueDefinition value, ContentItem item, ContentMember member, JsonNode? read)
    {
        if (read is null && value.In(item)?[member.Name] is null) return;
        if (member.Type == MemberType.Html && read is JsonValue typed) read = Typed(typed.AsText(), value, value.In(item)?.TextOf(member.Name));
        var json = value.AddTo(item);
        if (read is null) json.Remove(member.Name);
        else json[member.Name] = read;
    }

    /// <summary>Text without tags as paragraphs; what nobody changed stays, and so does Liquid, whose lines are statements.</summary>
    private static JsonValue Typed(string text, ContentValueDefinition value, string? stored)
    {
        if (stored is not null && text == stored.ReplaceLineEndings("\n")) return JsonValue.Create(stored);
        return JsonValue.Create(value.RendersLiquid && text.Contains('{', StringComparison.Ordinal) ? text : TypedText.ToHtml(text));
    }

    private void ApplyNested(ContentValueDefinition value, ContentItem item, ContentMember member, IFormCollection form, TimeZoneInfo zone, string path, int depth)
    {
        var stored = value.In(item)?[member.Name] as JsonArray ?? [];
        var nested = new NestedItems(stored);
        for (var i = 0; i < stored.Count || form.ContainsKey($"{path}[{i}].ContentItemId"); i++)
        {
            if (!form.TryGetValue($"{path}[{i}].ContentItemId", out var id) || !form.TryGetValue($"{path}[{i}].ContentType", out var type)) continue;
            if (nested.Take(id.ToString(), type.ToString(), isNewAllowed: i < MaxNestedItems) is not { } json) continue;
            var edited = ContentItemJson.Read(json);
            Apply(edited, form, zone, $"{path}[{i}].", depth + 1);
            NestedItems.Write(edited, json);
        }

        if (nested.Result() is { } changed) value.AddTo(item)[member.Name] = changed;
    }
}
