using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Modules.Sitemaps;

/// <summary>A page in a sitemap.</summary>
internal sealed record SitemapEntry(string Path, DateTime? Modified, string? Culture, string? LocalizationSet, SitemapRank Rank);

/// <summary>
/// Reads the pages of sitemaps straight off the index rows: a sitemap names tens of thousands of items, of which it needs a path,
/// a date and a language.
/// </summary>
internal sealed class SitemapEntries(CmsDbContext database, ContentDefinitionRegistry definitions, ICurrentUser current)
{
    /// <summary>Addresses that a sitemap may have (sitemaps.org).</summary>
    public const int MaxEntries = 50_000;

    private const string PathKey = "AutoroutePart.Path";

    /// <summary>The types whose items have pages of their own that the reader may see.</summary>
    public IReadOnlyCollection<string> RoutableTypes =>
        [.. definitions.Current.Types.Where(type => type.IsOrdinary && type.HasPart("AutoroutePart") && current.User.Allows(ContentAction.View, type)).Select(type => type.Name)];

    /// <summary>The pages of a sitemap, at most so many as it may have.</summary>
    public async Task<IReadOnlyList<SitemapEntry>> ReadAsync(Sitemap sitemap, CancellationToken cancellationToken)
    {
        var routable = RoutableTypes;
        var entries = new List<SitemapEntry>();
        foreach (var source in sitemap.Types(routable).Where(source => routable.Contains(source.ContentType)).DistinctBy(source => (source.ContentType, source.Skip)))
        {
            var wanted = Math.Min(source.Take ?? MaxEntries, MaxEntries - entries.Count);
            if (wanted <= 0) break;
            entries.AddRange(await ReadAsync(source, wanted, cancellationToken).ConfigureAwait(false));
        }

        return entries;
    }

    /// <summary>When anything that the sitemap lists changed last.</summary>
    public async Task<DateTime?> ModifiedAsync(Sitemap sitemap, CancellationToken cancellationToken)
    {
        var types = sitemap.Types(RoutableTypes).Select(source => source.ContentType).Distinct().ToList();
        return await database.ContentVersions.Where(row => row.Published && types.Contains(row.ContentType)).MaxAsync(row => row.ModifiedUtc, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IEnumerable<SitemapEntry>> ReadAsync(SitemapTypeSource source, int take, CancellationToken cancellationToken)
    {
        var hasPart = definitions.Current.Type(source.ContentType)?.HasPart(nameof(SitemapPart)) == true;
        var rows = await database.ContentIndex.AsNoTracking()
            .Where(row => row.Key == PathKey && row.Published && row.Place == 0 && row.ContentType == source.ContentType && row.Text != null)
            .Join(database.ContentVersions, row => row.VersionId, version => version.Id, (row, version) => new { row, version })
            .OrderBy(found => found.version.Id).Skip(source.Skip).Take(take)
            .Select(found => new
            {
                found.row.Text,
                found.version.ModifiedUtc,
                found.row.Culture,
                Set = database.ContentIndex.Where(set => set.VersionId == found.version.Id && set.Key == LocalizationFilter.Set.Key).Select(set => set.Text).FirstOrDefault(),
                Content = hasPart ? found.version.Content : null,
            }).ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.Select(row => (row, Part: row.Content is null ? null : (JsonNode.Parse(row.Content) as JsonObject)?[nameof(SitemapPart)] as JsonObject))
            .Where(found => found.Part is not { } part || !part.FlagOf("OverrideSitemapConfig") || !part.FlagOf("Exclude"))
            .Select(found => new SitemapEntry(
                "/" + found.row.Text, found.row.ModifiedUtc, found.row.Culture, found.row.Set,
                found.Part is { } part && part.FlagOf("OverrideSitemapConfig") ? source.Rank.With(part) : source.Rank));
    }
}
