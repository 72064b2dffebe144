using Cms.Core.Content;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Search.Indexing;

/// <summary>Terms with the terms above them. Reads each taxonomy once, so that it lives no longer than one round of indexing.</summary>
internal sealed class TermAncestors(IServiceScopeFactory scopes)
{
    private readonly Dictionary<string, IReadOnlyDictionary<string, string[]>> _taxonomies = new(StringComparer.OrdinalIgnoreCase);

    public async Task<IReadOnlyCollection<string>> WithAncestorsAsync(string? taxonomyId, IReadOnlyList<string> termIds, CancellationToken cancellationToken)
    {
        if (termIds.Count == 0 || string.IsNullOrEmpty(taxonomyId)) return termIds;
        if (!_taxonomies.TryGetValue(taxonomyId, out var ancestors))
            _taxonomies[taxonomyId] = ancestors = await ReadAsync(taxonomyId, cancellationToken).ConfigureAwait(false);
        var all = new HashSet<string>(termIds, StringComparer.OrdinalIgnoreCase);
        foreach (var term in termIds) all.UnionWith(ancestors.GetValueOrDefault(term) ?? []);
        return all;
    }

    /// <summary>For each term of the taxonomy those above it.</summary>
    private async Task<IReadOnlyDictionary<string, string[]>> ReadAsync(string taxonomyId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        var ancestors = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
        if (await store.FindAsync(taxonomyId, ContentStatus.Published, cancellationToken).ConfigureAwait(false) is not { } taxonomy) return ancestors;
        var above = new List<string>();
        foreach (var term in TermTree.Read(taxonomy))
        {
            above.RemoveRange(term.Depth, Math.Max(0, above.Count - term.Depth));
            ancestors[term.Item.ContentItemId] = [.. above];
            above.Add(term.Item.ContentItemId);
        }

        return ancestors;
    }
}
