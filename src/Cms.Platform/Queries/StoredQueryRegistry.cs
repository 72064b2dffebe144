using System.Collections.Frozen;

namespace Cms.Platform.Queries;

/// <summary>The site's stored queries as one snapshot, swapped whole.</summary>
public sealed class StoredQueryRegistry
{
    private FrozenDictionary<string, StoredQuery> _queries = FrozenDictionary<string, StoredQuery>.Empty;

    public IReadOnlyCollection<StoredQuery> All => Volatile.Read(ref _queries).Values;

    public StoredQuery? Find(string name) => Volatile.Read(ref _queries).GetValueOrDefault(name);

    public void Replace(IEnumerable<StoredQuery> queries) =>
        Volatile.Write(ref _queries, queries.ToFrozenDictionary(query => query.Name, StringComparer.OrdinalIgnoreCase));
}
