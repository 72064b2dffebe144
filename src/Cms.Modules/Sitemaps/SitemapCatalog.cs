using System.Text.Json.Nodes;
using Cms.Platform.Storage;

namespace Cms.Modules.Sitemaps;

/// <summary>The site's sitemaps.</summary>
internal sealed class SitemapCatalog(SiteDocuments documents)
{
    /// <summary>Where the step keeps them.</summary>
    public const string Document = "Sitemaps";

    private IReadOnlyList<Sitemap>? _all;

    public async Task<IReadOnlyList<Sitemap>> AllAsync(CancellationToken cancellationToken) => _all ??=
    [
        .. (await documents.ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false))
            .Select(entry => entry.Value).OfType<JsonObject>().Select(Sitemap.Read).OfType<Sitemap>(),
    ];

    /// <summary>What search engines are pointed to: the indexes, and the sitemaps that are in none.</summary>
    public async Task<IReadOnlyList<Sitemap>> EntrancesAsync(CancellationToken cancellationToken)
    {
        var all = await AllAsync(cancellationToken).ConfigureAwait(false);
        var contained = all.Where(sitemap => sitemap.IsIndex).SelectMany(index => index.ContainedIds).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. all.Where(sitemap => !contained.Contains(sitemap.Id))];
    }
}
