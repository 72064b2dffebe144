using System.Collections.Immutable;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Core.Parts;

namespace Cms.Platform.GraphQL;

/// <summary>A name in an object of the schema, and where its value is in the enclosing object's JSON.</summary>
public abstract record GraphEntry(string Name, ImmutableArray<string> Path);

/// <summary>A member of a value; <see cref="GraphEntry.Path"/> leads to the JSON object that holds it.</summary>
public sealed record GraphMember(string Name, ImmutableArray<string> Path, ContentValueDefinition Value, ContentMember Member)
    : GraphEntry(Name, Path);

/// <summary>An object within an item: a part, or a field with more than a bare value.</summary>
/// <param name="Name">Its name in the enclosing object.</param>
/// <param name="Path">Where its JSON is.</param>
/// <param name="TypeName">The name that its GraphQL type shall have.</param>
/// <param name="Key">Objects of one key have the same members, and share one GraphQL type.</param>
/// <param name="Entries">Its members.</param>
public sealed record GraphObject(string Name, ImmutableArray<string> Path, string TypeName, string Key, ImmutableArray<GraphEntry> Entries)
    : GraphEntry(Name, Path);

/// <summary>
/// What a content type looks like in GraphQL: names, nesting and collapsed parts (GraphQL contract, section 4). Objects,
/// filters and orders all derive from it, so that a value has the same name in each of them.
/// </summary>
public static class ContentGraph
{
    private static readonly ImmutableArray<string> Envelope =
    [
        "contentItemId", "contentItemVersionId", "contentType", "displayText", "published", "latest", "modifiedUtc",
        "publishedUtc", "createdUtc", "owner", "author", "render",
    ];

    public static bool IsVisible(ContentTypeDefinition type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return !type.Settings.Get<GraphQLContentTypeSettings>().Hidden;
    }

    /// <summary>What items of the type have beside the envelope. Where names collide, the first one stays.</summary>
    /// <param name="model">Definitions and kinds.</param>
    /// <param name="type">The content type.</param>
    /// <param name="extended">Part kinds that appear even without a member, because an extension gives them some.</param>
    public static ImmutableArray<GraphEntry> Entries(ContentModel model, ContentTypeDefinition type, IReadOnlySet<string>? extended = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(type);
        return Distinct(AllEntries(model, type, extended), Envelope);
    }

    /// <summary>Names that several values of the type would have, with the path of each value that is left out.</summary>
    public static IEnumerable<(string Name, string Lost)> Collisions(ContentModel model, ContentTypeDefinition type)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(type);
        return AllEntries(model, type, null).GroupBy(entry => entry.Name)
            .SelectMany(group => group.Skip(Envelope.Contains(group.Key) ? 0 : 1).Select(entry => (group.Key, string.Join('.', entry.Path))));
    }

    private static List<GraphEntry> AllEntries(ContentModel model, ContentTypeDefinition type, IReadOnlySet<string>? extended)
    {
        var entries = new List<GraphEntry>();
        var values = model.Values(type).ToLookup(value => value.Part.Name);
        foreach (var part in model.PartsOf(type))
        {
            var settings = part.Settings.Get<GraphQLContentTypePartSettings>();
            if (settings.Hidden) continue;
            var kind = model.Parts.Find(part.PartName);
            if (IsCollapsed(type, part, kind, settings)) entries.AddRange(Collapsed(part, values[part.Name], settings));
            else if (PartObject(part, kind, values[part.Name]) is var nested && IsShown(nested, extended)) entries.Add(nested);
        }

        return entries;
    }

    private static bool IsShown(GraphObject nested, IReadOnlySet<string>? extended) =>
        !nested.Entries.IsEmpty || extended?.Contains(nested.Key) == true;

    private static bool IsCollapsed(
        ContentTypeDefinition type, ContentTypePartDefinition part, PartKind? kind, GraphQLContentTypePartSettings settings) =>
        settings.Collapse || kind?.IsCollapsed == true || string.Equals(part.Name, type.Name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<GraphEntry> Collapsed(
        ContentTypePartDefinition part, IEnumerable<ContentValueDefinition> values, GraphQLContentTypePartSettings settings)
    {
        var entries = values.SelectMany(value => ValueEntries(value, [part.Name]));
        if (!settings.PreventFieldNameCollision) return entries;
        var prefix = GraphNames.Field(part.Name);
        return entries.Select(entry => entry with { Name = prefix + char.ToUpperInvariant(entry.Name[0]) + entry.Name[1..] });
    }

    private static GraphObject PartObject(ContentTypePartDefinition part, PartKind? kind, IEnumerable<ContentValueDefinition> values)
    {
        var typeName = kind is null ? part.Name : kind.Name;
        var key = kind is null ? $"{part.PartName}/{part.Name}" : kind.Name;
        var entries = Distinct(values.SelectMany(value => ValueEntries(value, [])), []);
        return new GraphObject(part.ApiName is { } name ? GraphNames.Field(name) : GraphNames.Part(part.Name), [part.Name], typeName, key, entries);
    }

    /// <summary>A part's own members stand beside its fields; a field is a bare value, or an object named after its kind.</summary>
    private static IEnumerable<GraphEntry> ValueEntries(ContentValueDefinition value, ImmutableArray<string> path)
    {
        if (value.Field is not { } field) return Members(value, path);
        path = path.Add(field.Name);
        var name = GraphNames.Field(field.Name);
        if (value.Shape.IsBareValue) return [new GraphMember(name, path, value, value.Shape.Members[0])];
        var members = Members(value, []).ToImmutableArray();
        return members.IsEmpty ? [] : [new GraphObject(name, path, value.KindName, value.KindName, members)];
    }

    /// <summary>A value of the field kind as an object that no part of a type holds as its field.</summary>
    public static GraphObject FieldObject(FieldKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var part = new ContentTypePartDefinition("", new ContentPartDefinition("", [], SettingsBag.Empty), SettingsBag.Empty);
        var value = new ContentValueDefinition(part, new ContentFieldDefinition(kind.Name, kind.Name, SettingsBag.Empty), null, kind);
        return new GraphObject(GraphNames.Field(kind.Name), [], kind.Name, kind.Name, [.. Members(value, [])]);
    }

    private static IEnumerable<GraphEntry> Members(ContentValueDefinition value, ImmutableArray<string> path) =>
        value.Shape.Members.Where(member => member.IsPublic)
            .Select(member => new GraphMember(GraphNames.Field(member.ApiName ?? member.Name), path, value, member));

    private static ImmutableArray<GraphEntry> Distinct(IEnumerable<GraphEntry> entries, IEnumerable<string> taken)
    {
        var names = new HashSet<string>(taken, StringComparer.Ordinal);
        return [.. entries.Where(entry => names.Add(entry.Name))];
    }
}
