using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Cms.Core.ContentTypes;

/// <summary>All definitions of the site as one immutable snapshot. Whatever derives from them is cached by <see cref="Hash"/>.</summary>
public sealed class ContentDefinitions
{
    private readonly FrozenDictionary<string, ContentTypeDefinition> _types;
    private readonly FrozenDictionary<string, ContentPartDefinition> _parts;
    private readonly Lazy<string> _hash;

    public ContentDefinitions(IEnumerable<ContentTypeDefinition> types, IEnumerable<ContentPartDefinition> parts)
    {
        Types = [.. types];
        Parts = [.. parts];
        _types = Types.ToFrozenDictionary(type => type.Name, StringComparer.OrdinalIgnoreCase);
        _parts = Parts.ToFrozenDictionary(part => part.Name, StringComparer.OrdinalIgnoreCase);
        _hash = new Lazy<string>(() =>
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ContentDefinitionJson.Write(this).ToJsonString()))));
    }

    public static ContentDefinitions Empty { get; } = new([], []);

    public ImmutableArray<ContentTypeDefinition> Types { get; }

    public ImmutableArray<ContentPartDefinition> Parts { get; }

    /// <summary>SHA-256 of the definitions' JSON, in lowercase hexadecimal.</summary>
    public string Hash => _hash.Value;

    public ContentTypeDefinition? Type(string? name) => name is null ? null : _types.GetValueOrDefault(name);

    public ContentPartDefinition? Part(string? name) => name is null ? null : _parts.GetValueOrDefault(name);

    /// <summary>The snapshot without some types and parts; attachments of removed parts go too.</summary>
    public ContentDefinitions Without(IReadOnlyCollection<string> types, IReadOnlyCollection<string> parts) => new(
        Types.Where(type => !types.Contains(type.Name, StringComparer.OrdinalIgnoreCase))
            .Select(type => type with { Parts = [.. type.Parts.Where(part => !parts.Contains(part.PartName, StringComparer.OrdinalIgnoreCase))] }),
        Parts.Where(part => !parts.Contains(part.Name, StringComparer.OrdinalIgnoreCase)));

    public IEnumerable<ContentTypeDefinition> WithStereotype(string stereotype) =>
        Types.Where(type => string.Equals(type.TypeSettings.Stereotype, stereotype, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Holds the current snapshot; it is swapped whole when definitions change, so that a reader never sees half a change.</summary>
public sealed class ContentDefinitionRegistry
{
    private ContentDefinitions _current = ContentDefinitions.Empty;

    public ContentDefinitions Current => Volatile.Read(ref _current);

    public void Replace(ContentDefinitions definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        Volatile.Write(ref _current, definitions);
    }
}
