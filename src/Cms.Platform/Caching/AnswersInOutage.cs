using System.Collections.Concurrent;
using Cms.Platform.Upkeep;
using Microsoft.AspNetCore.OutputCaching;

namespace Cms.Platform.Caching;

/// <summary>
/// Keeps cached answers beyond their lifetime for the case that the database goes away: as long as it stays away, readers get what was
/// true a moment ago instead of an error. While all is well an answer is found during its lifetime only.
/// </summary>
internal sealed class AnswersInOutage(IOutputCacheStore inner, WorkHealth health, TimeProvider clock) : IOutputCacheStore
{
    /// <summary>For how long answers are kept beyond their lifetime. They take part in the cache's limit of memory.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromMinutes(15);

    /// <summary>Lifetimes remembered; past it those that are over are forgotten.</summary>
    private const int MaxLifetimes = 20_000;

    private readonly ConcurrentDictionary<string, long> _freshUntil = new(StringComparer.Ordinal);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken)
    {
        var isFresh = _freshUntil.TryGetValue(key, out var until) && clock.GetUtcNow().Ticks < until;
        return isFresh || health.IsOutage ? inner.GetAsync(key, cancellationToken) : ValueTask.FromResult<byte[]?>(null);
    }

    public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
    {
        if (_freshUntil.Count >= MaxLifetimes) Forget();
        _freshUntil[key] = (clock.GetUtcNow() + validFor).Ticks;
        return inner.SetAsync(key, value, tags, validFor + Reserve, cancellationToken);
    }

    public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => inner.EvictByTagAsync(tag, cancellationToken);

    private void Forget()
    {
        var now = clock.GetUtcNow().Ticks;
        foreach (var (key, until) in _freshUntil)
        {
            if (until <= now) _freshUntil.TryRemove(key, out _);
        }

        // So many fresh ones: they are made anew, which costs time and is never wrong.
        if (_freshUntil.Count >= MaxLifetimes) _freshUntil.Clear();
    }
}
