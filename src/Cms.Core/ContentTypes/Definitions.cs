using System.Collections.Immutable;

namespace Cms.Core.ContentTypes;

/// <summary>A named content type: an ordered set of part attachments (content-model contract, section 1).</summary>
public sealed record ContentTypeDefinition(
    string Name, string DisplayName, ImmutableArray<ContentTypePartDefinition> Parts, SettingsBag Settings)
{
    public ContentTypeSettings TypeSettings { get; } = Settings.Get<ContentTypeSettings>();

    /// <summary>The attachment of that name, or null. Names compare without case.</summary>
    public ContentTypePartDefinition? Part(string name) =>
        Parts.FirstOrDefault(part => string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase));

    public bool HasPart(string partName) =>
        Parts.Any(part => string.Equals(part.PartName, partName, StringComparison.OrdinalIgnoreCase));

    /// <summary>An ordinary type is listed, created and queried by itself; one with a stereotype plays a role elsewhere.</summary>
    public bool IsOrdinary => string.IsNullOrEmpty(TypeSettings.Stereotype);

    /// <summary>Attachments in the order of their Position setting (dotted natural order), then as defined.</summary>
    public IEnumerable<ContentTypePartDefinition> PartsInOrder =>
        Parts.OrderBy(part => part.PartSettings.Position, PositionComparer.Instance);
}

/// <summary>A part attached to a type under a name; the name is the key of its values in an item's JSON.</summary>
public sealed record ContentTypePartDefinition(string Name, ContentPartDefinition Part, SettingsBag Settings)
{
    public ContentTypePartSettings PartSettings { get; } = Settings.Get<ContentTypePartSettings>();

    public string PartName => Part.Name;

    /// <summary>What APIs call the part where that does not follow from its name.</summary>
    public string? ApiName { get; init; }

    public string DisplayName => PartSettings.DisplayName ?? Part.Settings.Get<ContentPartSettings>().DisplayName ?? WithoutSuffix(Name);

    // A part that nobody named goes by what it adds: TitlePart is “Title”.
    private static string WithoutSuffix(string name) =>
        name.Length > 4 && name.EndsWith("Part", StringComparison.Ordinal) ? name[..^4] : name;
}

/// <summary>A part: fields and settings. Its behaviour, if any, comes from the part kind of the same name.</summary>
public sealed record ContentPartDefinition(string Name, ImmutableArray<ContentFieldDefinition> Fields, SettingsBag Settings)
{
    public ContentFieldDefinition? Field(string name) =>
        Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<ContentFieldDefinition> FieldsInOrder =>
        Fields.OrderBy(entry => entry.FieldSettings.Position, PositionComparer.Instance);
}

/// <summary>A named field of a part; <paramref name="KindName"/> is the contract's <c>FieldName</c>, such as TextField.</summary>
public sealed record ContentFieldDefinition(string Name, string KindName, SettingsBag Settings)
{
    public ContentPartFieldSettings FieldSettings { get; } = Settings.Get<ContentPartFieldSettings>();

    public string DisplayName => FieldSettings.DisplayName ?? Name;
}

public sealed class ContentTypeSettings
{
    public bool Creatable { get; set; }
    public bool Listable { get; set; }
    public bool Draftable { get; set; }
    public bool Versionable { get; set; }
    public bool Securable { get; set; }
    public string? Stereotype { get; set; }
    public string? Description { get; set; }
    public string? Category { get; set; }
}

public sealed class ContentPartSettings
{
    public bool Attachable { get; set; }
    public bool Reusable { get; set; }
    public string? DisplayName { get; set; }
    public string? Description { get; set; }
}

public sealed class ContentTypePartSettings
{
    public string? DisplayName { get; set; }
    public string? Description { get; set; }
    public string? Position { get; set; }
    public string? DisplayMode { get; set; }
    public string? Editor { get; set; }
}

public sealed class ContentPartFieldSettings
{
    public string? DisplayName { get; set; }
    public string? Description { get; set; }
    public string? Position { get; set; }
    public string? DisplayMode { get; set; }
    public string? Editor { get; set; }
}
