using GraphQL.DataLoader;

namespace Cms.Platform.GraphQL;

/// <summary>
/// Collects keys while a query's fields are resolved, and fetches all of them in one round trip as soon as the first
/// value is needed. What it fetched stays for the rest of the request.
/// </summary>
internal sealed class Batch<T>(
    Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyDictionary<string, T>>> fetch) where T : class
{
    private readonly Dictionary<string, T?> _values = [];
    private readonly HashSet<string> _pending = [];

    /// <summary>The values of the keys, handed over to <paramref name="select"/> in the order of the keys, missing ones left out.</summary>
    public IDataLoaderResult Load(IReadOnlyList<string> keys, Func<IEnumerable<T>, object?> select)
    {
        foreach (var key in keys)
        {
            if (!_values.ContainsKey(key)) _pending.Add(key);
        }

        return new Deferred(async cancellationToken =>
        {
            await FetchAsync(cancellationToken).ConfigureAwait(false);
            return select(keys.Select(key => _values[key]).OfType<T>());
        });
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        if (_pending.Count == 0) return;
        string[] keys = [.. _pending];
        _pending.Clear();
        var found = await fetch(keys, cancellationToken).ConfigureAwait(false);
        foreach (var key in keys) _values[key] = found.GetValueOrDefault(key);
    }

    private sealed class Deferred(Func<CancellationToken, Task<object?>> get) : IDataLoaderResult
    {
        public Task<object?> GetResultAsync(CancellationToken cancellationToken = default) => get(cancellationToken);
    }
}
