using Cms.Core.Content;
using Cms.Core.ContentTypes;

namespace Cms.Platform.Theming.Shapes;

/// <summary>The names under which templates of content, parts and fields are sought, the most specific last (Liquid contract, section 3).</summary>
public static class Alternates
{
    private const string Display = "_Display";

    /// <summary>The shape of a part that no kind stands behind.</summary>
    public const string Container = "ContentPart";

    /// <summary>Names for an item without stereotype (root <c>Content</c>), or with one.</summary>
    public static IEnumerable<string> OfContent(ContentItem item, string? stereotype, string displayType)
    {
        ArgumentNullException.ThrowIfNull(item);
        var suffix = Suffix(displayType);
        var root = string.IsNullOrEmpty(stereotype) ? "Content" : stereotype;
        if (root != "Content")
        {
            if (suffix.Length > 0) yield return $"Stereotype{suffix}";
            yield return root;
        }

        if (suffix.Length > 0) yield return root + suffix;
        var type = ShapeName.Encode(item.ContentType);
        foreach (var ending in new[] { "", suffix }.Distinct())
        {
            yield return $"{root}{ending}__{type}";
            if (item.DocumentId > 0) yield return $"{root}{ending}__{item.DocumentId}";
        }

        foreach (var name in OfAddress(item, root, suffix)) yield return name;
    }

    private static IEnumerable<string> OfAddress(ContentItem item, string root, string suffix)
    {
        var endings = new[] { "", suffix }.Distinct().ToArray();
        if (item.Part("AliasPart")?.TextOf("Alias") is { Length: > 0 } alias)
        {
            foreach (var ending in endings) yield return $"{root}{ending}__Alias__{ShapeName.Encode(alias)}";
        }

        if (item.Part("AutoroutePart")?.TextOf("Path") is { Length: > 0 } path)
        {
            foreach (var ending in endings) yield return $"{root}{ending}__Slug__{ShapeName.Encode(path)}";
        }
    }

    /// <summary>Names for a part's shape of the type <paramref name="shape"/>.</summary>
    public static IEnumerable<string> OfPart(string shape, ContentTypeDefinition type, ContentTypePartDefinition part, string displayType)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(part);
        var suffix = Suffix(displayType);
        if (suffix.Length > 0) yield return shape + suffix;
        var mode = part.PartSettings.DisplayMode;
        if (!string.IsNullOrEmpty(mode) && suffix.Length > 0) yield return $"{part.PartName}{suffix}__{mode}{Display}";
        var ending = !string.IsNullOrEmpty(mode) ? "__" + mode : shape == part.PartName ? "" : "__" + shape;
        foreach (var form in new[] { "", suffix }.Distinct())
        {
            foreach (var name in OfPart(type, part, !string.IsNullOrEmpty(mode) && form.Length == 0 ? Display : form))
                yield return !string.IsNullOrEmpty(mode) && form.Length > 0 ? name + ending + Display : name + ending;
        }
    }

    /// <summary>Names for the shape of a part that is nothing but its fields, each also without the shape's own name at its end.</summary>
    public static IEnumerable<string> OfContainer(ContentTypeDefinition type, ContentTypePartDefinition part, string displayType)
    {
        const string ending = "__" + Container;
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(part);
        var stereotype = type.TypeSettings.Stereotype;
        foreach (var name in OfPart(Container, type, part, displayType))
        {
            // A widget's own part has the type's name, and what is left would be the name of the widget's template.
            var isOfItem = part.Name == type.Name && !string.IsNullOrEmpty(stereotype) && name.StartsWith(stereotype + "_", StringComparison.Ordinal);
            if (name.EndsWith(ending, StringComparison.Ordinal) && !isOfItem) yield return name[..^ending.Length];
            yield return name;
        }
    }

    private static IEnumerable<string> OfPart(ContentTypeDefinition type, ContentTypePartDefinition part, string form)
    {
        var stereotype = type.TypeSettings.Stereotype;
        yield return $"{type.Name}{form}__{part.PartName}";
        if (!string.IsNullOrEmpty(stereotype)) yield return $"{stereotype}{form}__{part.PartName}";
        if (part.Name == part.PartName) yield break;
        yield return $"{type.Name}{form}__{part.Name}";
        if (!string.IsNullOrEmpty(stereotype)) yield return $"{stereotype}{form}__{part.PartName}__{part.Name}";
    }

    /// <summary>Names for a field's shape.</summary>
    public static IEnumerable<string> OfField(ContentTypeDefinition type, ContentTypePartDefinition part, ContentFieldDefinition field, string displayType)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(field);
        var suffix = Suffix(displayType);
        var shape = FieldShape(field);
        if (suffix.Length > 0) yield return shape + suffix;
        if (field.FieldSettings.DisplayMode is not { Length: > 0 } mode)
        {
            foreach (var form in new[] { "", suffix }.Distinct())
            {
                foreach (var name in OfField(type, part, field, form, "")) yield return name;
            }

            yield break;
        }

        if (suffix.Length > 0) yield return $"{field.KindName}{suffix}__{mode}{Display}";
        var ending = $"__{field.KindName}__{mode}";
        foreach (var name in OfField(type, part, field, Display, ending)) yield return name;
        if (suffix.Length == 0) yield break;
        foreach (var name in OfField(type, part, field, suffix, ending + Display)) yield return name;
    }

    private static IEnumerable<string> OfField(ContentTypeDefinition type, ContentTypePartDefinition part, ContentFieldDefinition field, string form, string ending)
    {
        yield return $"{part.PartName}{form}__{field.Name}{ending}";
        yield return $"{type.Name}{form}__{field.KindName}{ending}";
        yield return $"{type.Name}{form}__{part.Name}__{field.Name}{ending}";
        if (part.Name != part.PartName && ending.Length == 0) yield return $"{type.Name}{form}__{part.PartName}__{field.Name}";
    }

    /// <summary>The type of a field's shape: its kind, with the display mode where it has one.</summary>
    public static string FieldShape(ContentFieldDefinition field)
    {
        ArgumentNullException.ThrowIfNull(field);
        return field.FieldSettings.DisplayMode is { Length: > 0 } mode ? $"{field.KindName}{Display}__{mode}" : field.KindName;
    }

    private static string Suffix(string displayType) => displayType is "" or Shape.Detail ? "" : "_" + ShapeName.Encode(displayType);
}
