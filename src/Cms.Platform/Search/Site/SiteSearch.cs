using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Search.Analysis;
using Cms.Platform.Search.Indexing;
using Cms.Platform.Settings;
using Cms.Platform.Theming;

namespace Cms.Platform.Search.Site;

/// <summary>A page of what a visitor finds.</summary>
/// <param name="Items">What the visitor may see, the best first.</param>
/// <param name="Highlights">Places in each item's text as HTML, by the item's id.</param>
/// <param name="Before">What leads to the page before, or null.</param>
/// <param name="After">What leads to the next page, or null.</param>
internal sealed record FoundPage(IReadOnlyList<ContentItem> Items, IReadOnlyDictionary<string, IReadOnlyList<string>> Highlights, int? Before, int? After)
{
    public static FoundPage Empty { get; } = new([], new Dictionary<string, IReadOnlyList<string>>(), null, null);
}

/// <summary>Searches for what visitors type, and shows them only what is published and theirs to see.</summary>
internal sealed class SiteSearch(LuceneSearch search, FullText fullText, ContentAccess content, SiteSettingsRegistry settings, ICurrentUser currentUser)
{
    /// <summary>Longer questions are cut off, in characters.</summary>
    public const int MaxLength = 200;

    /// <summary>How far back results go.</summary>
    private const int MaxRank = 1000;

    /// <param name="profile">The index.</param>
    /// <param name="terms">What the visitor typed.</param>
    /// <param name="culture">The visitor's language, in which results come first.</param>
    /// <param name="before">Results before this rank, or null.</param>
    /// <param name="after">Results after this rank; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="Queries.StoredQueryException">The index can't be read, or the search took too long.</exception>
    public async Task<FoundPage> FindAsync(IndexProfile profile, string terms, string culture, int? before, int? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(terms);
        using var analyzer = SearchAnalyzers.Create(profile.QueryAnalyzer);
        if (TermsQuery.Read(terms.Length > MaxLength ? terms[..MaxLength] : terms, profile, culture, analyzer) is not { } query) return FoundPage.Empty;
        var size = Math.Clamp(settings.Current.PageSize, 1, 100);
        var end = before is { } last ? Math.Clamp(last, 0, MaxRank) : MaxRank;
        var start = before is null ? Math.Clamp(after + 1 ?? 0, 0, MaxRank) : Math.Max(0, end - size);
        var found = await CollectAsync(profile, query, start, end, size + 1, cancellationToken).ConfigureAwait(false);
        var shown = found.Take(size).ToList();
        var highlights = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var (item, _) in shown)
        {
            var text = (await fullText.OfAsync(item, cancellationToken).ConfigureAwait(false)).All;
            var isTitleFirst = item.DisplayText is { Length: > 0 } title && text.StartsWith(title, StringComparison.Ordinal);
            highlights[item.ContentItemId] = Snippets.Of(isTitleFirst ? text[item.DisplayText!.Length..].TrimStart() : text, query.Words, analyzer);
        }

        var hasMore = found.Count > size || (before is not null && found.Count > 0);
        return new FoundPage([.. shown.Select(entry => entry.Item)], highlights, start > 0 && shown.Count > 0 ? start : null, hasMore ? shown[^1].Rank : null);
    }

    private async Task<List<(ContentItem Item, int Rank)>> CollectAsync(
        IndexProfile profile, TermsQuery query, int start, int end, int wanted, CancellationToken cancellationToken)
    {
        var found = new List<(ContentItem, int)>();
        for (var rank = start; rank < end && found.Count < wanted;)
        {
            var batch = Math.Min(wanted * 2, end - rank);
            var hits = await search.RunAsync(profile, new SearchRequest(query.Query, rank, batch, []), currentUser.User, cancellationToken).ConfigureAwait(false);
            var ids = hits.Documents.Select(document => (string)document[SearchFields.ContentItemId]!).ToList();
            var visible = (await content.ByIdsAsync(ids, cancellationToken).ConfigureAwait(false)).ToDictionary(item => item.ContentItemId);
            for (var i = 0; i < ids.Count && found.Count < wanted; i++)
            {
                if (visible.TryGetValue(ids[i], out var item)) found.Add((item, rank + i));
            }

            if (ids.Count < batch) break;
            rank += batch;
        }

        return found;
    }
}
