using System.Text.Json.Nodes;

namespace Cms.Core.ContentTypes;

/// <summary>Reads and writes definitions in the JSON of the content-model contract, section 2.</summary>
public static class ContentDefinitionJson
{
    /// <summary>
    /// Applies the <c>ContentTypes</c> and <c>ContentParts</c> of a recipe step to a snapshot: what exists is merged,
    /// the rest is created. Parts may be defined in the same step as, and after, the types that attach them.
    /// </summary>
    /// <exception cref="ContentDefinitionException">A record is malformed; the message names it.</exception>
    public static ContentDefinitions Merge(ContentDefinitions current, JsonObject step)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(step);
        var parts = current.Parts.ToDictionary(part => part.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var record in RootRecords(step, "ContentParts", "ContentPartDefinitionRecords")) MergePart(parts, record);
        var types = current.Types.ToDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var record in RootRecords(step, "ContentTypes", "ContentTypeDefinitionRecords")) MergeType(types, parts, record);
        var rebound = types.Values.Select(type => type with { Parts = [.. type.Parts.Select(part => part with { Part = parts[part.PartName] })] });
        return new ContentDefinitions(rebound, parts.Values);
    }

    /// <summary>As <see cref="Merge"/>, but the listed types and parts are made anew.</summary>
    /// <exception cref="ContentDefinitionException">A record is malformed; the message names it.</exception>
    public static ContentDefinitions Replace(ContentDefinitions current, JsonObject step)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(step);
        var types = RootRecords(step, "ContentTypes", "ContentTypeDefinitionRecords").Select(record => Text(record, "Name")).ToList();
        var parts = RootRecords(step, "ContentParts", "ContentPartDefinitionRecords").Select(record => Text(record, "Name")).ToList();

        // Parts of which other types hold on to the attachment come back under the same name.
        var emptied = current.Parts.Select(part => parts.Contains(part.Name, StringComparer.OrdinalIgnoreCase) ? new ContentPartDefinition(part.Name, [], SettingsBag.Empty) : part);
        return Merge(new ContentDefinitions(current.Types, emptied).Without(types, []), step);
    }

    /// <summary>The whole snapshot in the shape of a recipe step's members.</summary>
    public static JsonObject Write(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        return new JsonObject
        {
            ["ContentTypes"] = new JsonArray([.. definitions.Types.Select(WriteType)]),
            ["ContentParts"] = new JsonArray([.. definitions.Parts.Select(WritePart)]),
        };
    }

    private static void MergePart(Dictionary<string, ContentPartDefinition> parts, (JsonObject Json, string Path) record)
    {
        var name = Text(record, "Name");
        var existing = parts.GetValueOrDefault(name) ?? new ContentPartDefinition(name, [], SettingsBag.Empty);
        var fields = existing.Fields;
        foreach (var field in Records(record.Json, record.Path, "ContentPartFieldDefinitionRecords"))
        {
            var fieldName = Text(field, "Name");
            var kind = Text(field, "FieldName");
            var known = existing.Field(fieldName);
            var merged = new ContentFieldDefinition(fieldName, kind, Settings(known?.Settings, field));
            fields = known is null ? fields.Add(merged) : fields.Replace(known, merged);
            existing = existing with { Fields = fields };
        }

        parts[name] = existing with { Settings = Settings(existing.Settings, record) };
    }

    private static void MergeType(
        Dictionary<string, ContentTypeDefinition> types, Dictionary<string, ContentPartDefinition> parts, (JsonObject Json, string Path) record)
    {
        var name = Text(record, "Name");
        var type = types.GetValueOrDefault(name) ?? new ContentTypeDefinition(name, name, [], SettingsBag.Empty);

        // The contract applies a type's settings only together with a display name.
        if (record.Json["DisplayName"]?.ToString() is { Length: > 0 } displayName)
            type = new ContentTypeDefinition(type.Name, displayName, type.Parts, Settings(type.Settings, record));

        foreach (var attachment in Records(record.Json, record.Path, "ContentTypePartDefinitionRecords"))
        {
            var partName = Text(attachment, "PartName");
            var attachedAs = attachment.Json["Name"]?.ToString() is { Length: > 0 } given ? given : partName;
            if (!parts.TryGetValue(partName, out var part)) parts[partName] = part = new ContentPartDefinition(partName, [], SettingsBag.Empty);
            var known = type.Part(attachedAs);
            var merged = new ContentTypePartDefinition(attachedAs, part, Settings(known?.Settings, attachment));
            type = type with { Parts = known is null ? type.Parts.Add(merged) : type.Parts.Replace(known, merged) };
        }

        types[name] = type;
    }

    private static SettingsBag Settings(SettingsBag? existing, (JsonObject Json, string Path) record)
    {
        var settings = record.Json["Settings"];
        if (settings is not (null or JsonObject)) throw new ContentDefinitionException($"{record.Path}.Settings must be an object.");
        return (existing ?? SettingsBag.Empty).Merge(settings as JsonObject);
    }

    /// <summary>The persisted document names its root arrays otherwise than a recipe does.</summary>
    private static IEnumerable<(JsonObject Json, string Path)> RootRecords(JsonObject step, string name, string storedName) =>
        Records(step, "", step.ContainsKey(storedName) ? storedName : name);

    private static IEnumerable<(JsonObject Json, string Path)> Records(JsonObject parent, string parentPath, string name)
    {
        var path = parentPath.Length == 0 ? name : $"{parentPath}.{name}";
        if (parent[name] is null) yield break;
        if (parent[name] is not JsonArray array) throw new ContentDefinitionException($"{path} must be an array.");
        for (var i = 0; i < array.Count; i++)
        {
            if (array[i] is not JsonObject json) throw new ContentDefinitionException($"{path}[{i}] must be an object.");
            yield return (json, $"{path}[{i}]");
        }
    }

    private static string Text((JsonObject Json, string Path) record, string name) =>
        record.Json[name] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text)
            ? text
            : throw new ContentDefinitionException($"{record.Path} needs a {name}, a text that is not empty.");

    private static JsonObject WriteType(ContentTypeDefinition type) => new()
    {
        ["Name"] = type.Name,
        ["DisplayName"] = type.DisplayName,
        ["Settings"] = type.Settings.ToJson(),
        ["ContentTypePartDefinitionRecords"] = new JsonArray([.. type.Parts.Select(part => new JsonObject
        {
            ["PartName"] = part.PartName, ["Name"] = part.Name, ["Settings"] = part.Settings.ToJson(),
        })]),
    };

    private static JsonObject WritePart(ContentPartDefinition part) => new()
    {
        ["Name"] = part.Name,
        ["Settings"] = part.Settings.ToJson(),
        ["ContentPartFieldDefinitionRecords"] = new JsonArray([.. part.Fields.Select(field => new JsonObject
        {
            ["FieldName"] = field.KindName, ["Name"] = field.Name, ["Settings"] = field.Settings.ToJson(),
        })]),
    };
}

/// <summary>A definition's JSON is malformed; the message names the record and the remedy.</summary>
public sealed class ContentDefinitionException(string message) : Exception(message);
