using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;
using Cms.Core.Time;

namespace Cms.Core.Content;

/// <summary>
/// Definitions and kinds together: what values an item of a type has. Validation, indexing, sanitising and every surface
/// walk items through here.
/// </summary>
public sealed class ContentModel(ContentDefinitionRegistry registry, FieldKinds fields, PartKinds parts)
{
    // A changed definition is another object, so that what was derived from the old one is never found again.
    private readonly ConditionalWeakTable<ContentTypeDefinition, TypeModel> _types = [];

    public ContentDefinitions Definitions => registry.Current;

    public FieldKinds Fields => fields;

    public PartKinds Parts => parts;

    /// <summary>The parts that items of the type have: those that it attaches, in the order of their positions, and those that kinds add by themselves.</summary>
    public ImmutableArray<ContentTypePartDefinition> PartsOf(ContentTypeDefinition type) => Of(type).Parts;

    /// <summary>The values that the type defines, parts' own first, in the order of their positions. Unknown kinds are left out.</summary>
    public ImmutableArray<ContentValueDefinition> Values(ContentTypeDefinition type) => Of(type).Values;

    public IEnumerable<ContentValueDefinition> Values(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Definitions.Type(item.ContentType) is { } type ? Values(type) : [];
    }

    private TypeModel Of(ContentTypeDefinition type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _types.GetValue(type, Derive);
    }

    private TypeModel Derive(ContentTypeDefinition type)
    {
        var definitions = Definitions;
        var added = parts.All.Select(kind => kind.AddedTo(type, definitions)).OfType<ContentTypePartDefinition>().Where(part => type.Part(part.Name) is null);
        ImmutableArray<ContentTypePartDefinition> all = [.. type.PartsInOrder, .. added];
        return new TypeModel(all, [.. all.SelectMany(Values)]);
    }

    private IEnumerable<ContentValueDefinition> Values(ContentTypePartDefinition part)
    {
        if (parts.Find(part.PartName) is { } partKind && partKind.Shape.Members.Length > 0)
            yield return new ContentValueDefinition(part, null, partKind, null);
        foreach (var field in part.Part.FieldsInOrder)
        {
            if (fields.Find(field.KindName) is { } fieldKind) yield return new ContentValueDefinition(part, field, null, fieldKind);
        }
    }

    private sealed record TypeModel(ImmutableArray<ContentTypePartDefinition> Parts, ImmutableArray<ContentValueDefinition> Values);

    /// <summary>What queries can filter and sort items of the type by, beside the envelope.</summary>
    public IEnumerable<IndexedField> IndexedFields(ContentTypeDefinition type) =>
        Values(type).SelectMany(value => value.Shape.Members.Where(member => member.IsIndexed).Select(value.Indexed));
}

/// <summary>A value that a type defines: a part's own members, or a field of a part.</summary>
public sealed record ContentValueDefinition(
    ContentTypePartDefinition Part, ContentFieldDefinition? Field, PartKind? PartKind, FieldKind? FieldKind)
{
    public ContentShape Shape => FieldKind?.Shape ?? PartKind!.Shape;

    public string KindName => FieldKind?.Name ?? PartKind!.Name;

    /// <summary>Where the value is in an item: <c>Part</c> or <c>Part.Field</c>.</summary>
    public string Path => Field is null ? Part.Name : $"{Part.Name}.{Field.Name}";

    public string DisplayName => Field?.DisplayName ?? Part.DisplayName;

    /// <summary>Settings that all kinds of fields share; those of a part's own values are empty.</summary>
    public FieldSettings Settings => Field is null ? new FieldSettings() : FieldKind!.Common(Field);

    public EditorHint Editor(ContentMember member) => FieldKind?.Editor(member, Field!) ?? PartKind!.Editor(member, Part);

    /// <summary>Whether HTML in the value is sanitised; only a definition that says so keeps it raw.</summary>
    public bool IsSanitized => Setting("SanitizeHtml") is not { } text || !bool.TryParse(text, out var sanitize) || sanitize;

    /// <summary>Whether the value is Liquid that is run where it is shown; only a definition that says so runs it.</summary>
    public bool RendersLiquid => bool.TryParse(Setting("RenderLiquid"), out var renders) && renders;

    private string? Setting(string name) => ((Field?.Settings ?? Part.Settings).ToJson()[KindName + "Settings"] as JsonObject)?.TextOf(name);

    /// <summary>The value's JSON in an item, or null where the item has none.</summary>
    public JsonObject? In(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Field is null ? PartKind!.In(item, item.Part(Part.Name)) : item.Part(Part.Name)?[Field.Name] as JsonObject;
    }

    /// <summary>The value's JSON in an item, added empty where the item has none.</summary>
    public JsonObject AddTo(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var part = item.GetOrAdd(Part.Name);
        if (Field is null) return part;
        if (part[Field.Name] is JsonObject value) return value;
        var added = new JsonObject();
        part[Field.Name] = added;
        return added;
    }

    /// <summary>The field beside it in the same part, or null where there is none of that name and kind.</summary>
    public ContentValueDefinition? Beside(string? field) =>
        FieldKind is not null && Part.Part.Fields.FirstOrDefault(other => other.Name == field && string.Equals(other.KindName, KindName, StringComparison.OrdinalIgnoreCase)) is { } found
            ? this with { Field = found }
            : null;

    /// <summary>The zone that the item itself says people write and read moments of the value in; null where it says none that exists.</summary>
    public string? TimeZoneId(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var id = Settings.TimeZoneField is { Length: > 0 } field ? (item.Part(Part.Name)?[field] as JsonObject)?.TextOf("Text") : null;
        return TimeZones.IsKnown(id) ? id : null;
    }

    public IndexedField Indexed(ContentMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new IndexedField(Shape.IsBareValue ? Path : $"{Path}.{member.Name}", member.Type) { IsLowercase = member.IsIndexedLowercase };
    }
}
