using System.Collections.Concurrent;
using Cms.Core.Events;
using Cms.Platform.Storage;
using Lucene.Net.Search;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Search.Indexing;

/// <summary>The indexes of the current profiles, in folders under <c>search</c> in the data folder. A profile that changed gets its index anew.</summary>
internal sealed class SearchIndexes(
    IndexProfiles profiles, IndexSource source, SearchDocuments documents, StoragePaths paths, ILogger<SearchIndexes> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, ProfileIndex> _indexes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _swap = new();

    private string Root => Path.Combine(paths.DataFolder, "search");

    /// <summary>Makes every index current, and removes those of profiles that are gone.</summary>
    public async Task EnsureCurrentAsync(CancellationToken cancellationToken)
    {
        foreach (var profile in profiles.All) await WithAsync(profile, index => index.EnsureCurrentAsync(cancellationToken)).ConfigureAwait(false);
        RemoveOthers();
    }

    /// <summary>Has every index made anew by the next <see cref="EnsureCurrentAsync"/>.</summary>
    public void Outdate()
    {
        if (!Directory.Exists(Root)) return;
        foreach (var profile in profiles.All) IndexMarker.Delete(Folder(profile));
    }

    /// <returns>Whether any index holds anything of the kind.</returns>
    public async Task<bool> ApplyAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken)
    {
        var isConcerned = false;
        foreach (var profile in profiles.All) isConcerned |= await WithAsync(profile, index => index.ApplyAsync(events, cancellationToken)).ConfigureAwait(false);
        return isConcerned;
    }

    public Task<T> SearchAsync<T>(IndexProfile profile, Func<IndexSearcher, T> search, CancellationToken cancellationToken) =>
        WithAsync(profile, index => index.SearchAsync(search, cancellationToken));

    public void Dispose()
    {
        foreach (var index in _indexes.Values) index.Dispose();
    }

    /// <summary>Uses the profile's index, and the next one where it was retired meanwhile.</summary>
    private async Task<T> WithAsync<T>(IndexProfile profile, Func<ProfileIndex, Task<T>> use)
    {
        while (true)
        {
            var index = Of(profiles.Find(profile.Name) ?? profile);
            try
            {
                return await use(index).ConfigureAwait(false);
            }
            catch (RetiredIndexException) when (!ReferenceEquals(Of(profiles.Find(profile.Name) ?? profile), index))
            {
                // The profile changed.
            }
        }
    }

    private ProfileIndex Of(IndexProfile profile)
    {
        if (_indexes.TryGetValue(profile.Name, out var known) && ReferenceEquals(known.Profile, profile)) return known;
        lock (_swap)
        {
            if (_indexes.TryGetValue(profile.Name, out known) && ReferenceEquals(known.Profile, profile)) return known;
            known?.Dispose();
            return _indexes[profile.Name] = new ProfileIndex(profile, Folder(profile), source, documents, logger);
        }
    }

    private void RemoveOthers()
    {
        if (!Directory.Exists(Root)) return;
        var current = profiles.All.ToDictionary(profile => Folder(profile));
        foreach (var (name, index) in _indexes.Where(entry => profiles.Find(entry.Key) is null).ToList())
        {
            index.Dispose();
            _indexes.TryRemove(name, out _);
        }

        foreach (var folder in Directory.EnumerateDirectories(Root).Where(folder => !current.ContainsKey(folder)).ToList())
        {
            IndexMarker.Delete(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Names of indexes are free; only what every file system takes stays as it is.</summary>
    private string Folder(IndexProfile profile) => Path.Combine(Root, string.Concat(profile.IndexName.ToLowerInvariant()
        .Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c.ToString() : $"%{(int)c:x}")));
}
