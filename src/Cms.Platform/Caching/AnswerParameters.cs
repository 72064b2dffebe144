using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Cms.Platform.Caching;

/// <summary>Which parameters of the query string the answers under an address have been made of.</summary>
internal sealed record AnswerParameters(bool IsWhole, FrozenSet<string> Names)
{
    public bool Include(string name) => IsWhole || Names.Contains(name);

    public bool Include(ObservedQuery query) => IsWhole || (!query.IsReadWhole && query.Read.All(Names.Contains));

    public AnswerParameters With(ObservedQuery query) =>
        new(IsWhole || query.IsReadWhole, Names.Concat(query.Read).ToFrozenSet(StringComparer.OrdinalIgnoreCase));
}

/// <summary>
/// The parameters by address, learned from answers: themes are free to read any, so that no list of them could be written down.
/// Only addresses that exist are remembered.
/// </summary>
internal sealed class AnswerParametersByAddress
{
    /// <summary>Addresses remembered; past it all are learned anew.</summary>
    private const int MaxAddresses = 20_000;

    private static readonly AnswerParameters None = new(false, FrozenSet<string>.Empty);

    private readonly ConcurrentDictionary<string, AnswerParameters> _known = new(StringComparer.Ordinal);

    public AnswerParameters? Find(string path) => _known.GetValueOrDefault(path);

    public AnswerParameters Learn(string path, ObservedQuery query)
    {
        if (_known.TryGetValue(path, out var known) && known.Include(query)) return known;
        if (_known.Count >= MaxAddresses) _known.Clear();
        return _known.AddOrUpdate(path, _ => None.With(query), (_, before) => before.With(query));
    }
}
