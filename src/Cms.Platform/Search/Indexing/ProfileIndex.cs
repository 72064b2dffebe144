using System.Diagnostics;
using Cms.Core.Events;
using Lucene.Net.Search;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Search.Indexing;

/// <summary>
/// The index of one profile: opened when it is needed, and made anew where it is missing, damaged, behind, or made from another
/// profile or other definitions. While it is made anew, searches find what it held before.
/// </summary>
internal sealed partial class ProfileIndex(IndexProfile profile, string folder, IndexSource source, SearchDocuments documents, ILogger logger) : IDisposable
{
    /// <summary>Items in memory at a time.</summary>
    private const int BatchSize = 200;

    private readonly SemaphoreSlim _changes = new(1, 1);
    private SearchIndex? _index;
    private volatile bool _isRetired;

    public IndexProfile Profile => profile;

    /// <summary>Makes the index anew unless it is current. Opens nothing where it is.</summary>
    /// <returns>Whether it was made anew.</returns>
    public async Task<bool> EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await IsCurrentAsync(cancellationToken).ConfigureAwait(false)) return false;
            await RebuildAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            _changes.Release();
        }
    }

    /// <summary>Takes in what happened; when it returns, searches find it, and a crash does not lose it.</summary>
    /// <returns>Whether the index holds anything of the kind.</returns>
    public async Task<bool> ApplyAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken)
    {
        await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var ids = events.Where(change => profile.ContentTypes.Contains(change.ContentType, StringComparer.OrdinalIgnoreCase))
                .Select(change => change.ContentItemId).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var taxonomies = events.Where(change => source.IsTaxonomy(change.ContentType)).Select(change => change.ContentItemId).ToHashSet(StringComparer.OrdinalIgnoreCase);
            if (ids.Count + taxonomies.Count > 0)
            {
                var index = await OpenAsync(cancellationToken).ConfigureAwait(false);
                foreach (var taxonomy in taxonomies) ids.UnionWith(index.WithTermsOf(taxonomy));
                await PutAsync(index, ids, cancellationToken).ConfigureAwait(false);
            }

            if (IndexMarker.Read(folder) is { } marker) (marker with { Position = events[^1].Sequence }).Write(folder);
            return ids.Count > 0;
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            _changes.Release();
        }
    }

    public async Task<T> SearchAsync<T>(Func<IndexSearcher, T> search, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _index) is not { } index)
        {
            await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                index = await OpenAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _changes.Release();
            }
        }

        return index.Search(search);
    }

    /// <summary>Retires the index: it is closed when whoever uses it is done, and whoever waits for it is told.</summary>
    public void Dispose()
    {
        _isRetired = true;
        _ = CloseInTurnAsync();
    }

    /// <summary>At once where nobody uses the index. What others wait for is never disposed: they would wait for ever.</summary>
    private async Task CloseInTurnAsync()
    {
        await _changes.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        Close();
        _changes.Release();
    }

    /// <exception cref="RetiredIndexException">Another index has taken its place.</exception>
    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _changes.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!_isRetired) return;
        _changes.Release();
        throw new RetiredIndexException();
    }

    private async Task<bool> IsCurrentAsync(CancellationToken cancellationToken)
    {
        if (!SearchIndex.Exists(folder) || IndexMarker.Read(folder) is not { } marker) return false;
        if (marker.Fingerprint != await source.FingerprintAsync(profile, cancellationToken).ConfigureAwait(false)) return false;

        // Behind: a folder out of a backup. Ahead: a database out of a backup.
        return marker.Position >= await source.PositionAsync(cancellationToken).ConfigureAwait(false)
            && marker.Position <= await source.EndAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<SearchIndex> OpenAsync(CancellationToken cancellationToken)
    {
        if (_index is { } open) return open;
        if (!await IsCurrentAsync(cancellationToken).ConfigureAwait(false)) return await RebuildAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _index = new SearchIndex(folder, profile.Analyzer);
            return _index;
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            LogDamaged(logger, profile.Name, problem.Message);
            return await RebuildAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<SearchIndex> RebuildAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var fingerprint = await source.FingerprintAsync(profile, cancellationToken).ConfigureAwait(false);
        var position = await source.EndAsync(cancellationToken).ConfigureAwait(false);
        var index = _index ?? OpenOrReplace();
        var count = 0;
        try
        {
            index.Clear();
            var ancestors = source.Ancestors();
            await foreach (var item in source.AllAsync(profile, cancellationToken).ConfigureAwait(false))
            {
                index.Put(await documents.CreateAsync(item, profile.StoreSourceData, ancestors, cancellationToken).ConfigureAwait(false));
                count++;
            }

            index.Commit();
            index.Refresh();
            new IndexMarker(fingerprint, position).Write(folder);
        }
        catch
        {
            _index = index;
            Close();
            throw;
        }

        Volatile.Write(ref _index, index);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        LogRebuilt(logger, profile.Name, count, seconds);
        return index;
    }

    private SearchIndex OpenOrReplace()
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new SearchIndex(folder, profile.Analyzer);
        }
        catch (Exception problem) when (IsDamage(problem))
        {
            IndexMarker.Delete(folder);
            Directory.Delete(folder, recursive: true);
            return new SearchIndex(folder, profile.Analyzer);
        }
    }

    private async Task PutAsync(SearchIndex index, HashSet<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return;
        var ancestors = source.Ancestors();
        foreach (var some in ids.Chunk(BatchSize))
        {
            var gone = some.ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var item in await source.FindAsync(profile, some, cancellationToken).ConfigureAwait(false))
            {
                index.Put(await documents.CreateAsync(item, profile.StoreSourceData, ancestors, cancellationToken).ConfigureAwait(false));
                gone.Remove(item.ContentItemId);
            }

            foreach (var id in gone) index.Remove(id);
        }

        index.Refresh();
        index.Commit();
    }

    private void Close()
    {
        var index = Interlocked.Exchange(ref _index, null);
        try
        {
            index?.Dispose();
        }
        catch (Exception problem) when (IsDamage(problem) || problem is ObjectDisposedException)
        {
            // Its folder is gone; the next use makes it anew.
        }
    }

    /// <summary>Files that are missing, cut off or of another kind. That another process holds the index is no damage.</summary>
    private static bool IsDamage(Exception problem) =>
        problem is IOException or ArgumentException or IndexOutOfRangeException or InvalidOperationException or UnauthorizedAccessException
        && problem is not Lucene.Net.Store.LockObtainFailedException;

    [LoggerMessage(Level = LogLevel.Information, Message = "The search index {Index} was made anew: {Count} items in {Seconds:0.000} s")]
    private static partial void LogRebuilt(ILogger logger, string index, int count, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The search index {Index} is damaged and made anew: {Reason}")]
    private static partial void LogDamaged(ILogger logger, string index, string reason);
}

/// <summary>The index was retired because its profile changed or is gone, or because the site ends.</summary>
internal sealed class RetiredIndexException() : InvalidOperationException("The search index was retired; ask for the current one.");
