using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Cms.Platform.Storage;

namespace Cms.Platform.Search;

/// <summary>The site's search indexes as one snapshot, swapped whole.</summary>
public sealed class IndexProfiles : ISiteDocument
{
    /// <summary>The site document: profiles by name.</summary>
    public const string Document = "IndexProfiles";

    private FrozenDictionary<string, IndexProfile> _profiles = FrozenDictionary<string, IndexProfile>.Empty;

    public string Name => Document;

    /// <summary>Another object after every change.</summary>
    public object Snapshot => Volatile.Read(ref _profiles);

    public IReadOnlyCollection<IndexProfile> All => Volatile.Read(ref _profiles).Values;

    public IndexProfile? Find(string? name) => name is null ? null : Volatile.Read(ref _profiles).GetValueOrDefault(name);

    /// <summary>By the name of the profile, or of the index itself, which older recipes and queries use.</summary>
    public IndexProfile? FindByEither(string? name) =>
        Find(name) ?? All.FirstOrDefault(profile => string.Equals(profile.IndexName, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes the profiles over; those that did not change stay the same objects.</summary>
    public void Load(JsonObject json) => Volatile.Write(ref _profiles, json
        .Where(entry => entry.Value is JsonObject)
        .Select(entry => Find(entry.Key) is { } known && JsonNode.DeepEquals(known.Json, entry.Value) ? known : new IndexProfile(entry.Key, entry.Value!.DeepClone().AsObject()))
        .Where(profile => profile.ProviderName == IndexProfile.Lucene)
        .ToFrozenDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Makes <see cref="Snapshot"/> another object, so that the indexes are looked at again.</summary>
    public void Touch() => Volatile.Write(ref _profiles, All.ToFrozenDictionary(profile => profile.Name, StringComparer.OrdinalIgnoreCase));
}
