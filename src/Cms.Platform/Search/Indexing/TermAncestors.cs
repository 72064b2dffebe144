using Cms.Core.Content;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Search.Indexing;

/// <summary>Terms with the terms above them.</summary>
internal sealed class TermAncestors(IServiceScopeFactory scopes)
{
    public async Task<IReadOnlyCollection<string>> WithAncestorsAsync(string? taxonomyId, IReadOnlyList<string> termIds, CancellationToken cancellationToken)
    {
        if (termIds.Count == 0 || string.IsNullOrEmpty(taxonomyId)) return termIds;
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        if (await store.FindAsync(taxonomyId, ContentStatus.Published, cancellationToken).ConfigureAwait(false) is not { } taxonomy) return termIds;
        var all = new HashSet<string>(termIds, StringComparer.OrdinalIgnoreCase);
        var above = new List<Term>();
        foreach (var term in TermTree.Read(taxonomy))
        {
            above.RemoveRange(term.Depth, Math.Max(0, above.Count - term.Depth));
            if (termIds.Contains(term.Item.ContentItemId, StringComparer.OrdinalIgnoreCase)) all.UnionWith(above.Select(ancestor => ancestor.Item.ContentItemId));
            above.Add(term);
        }

        return all;
    }
}
