using Cms.Core.Content;
using Cms.Platform.Queries;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Search;

/// <summary>Stored queries in the contract's search language. Their items are those of the versions that the index names; others are gone.</summary>
public sealed class LuceneQueries(
    IndexProfiles profiles, LuceneSearch search, QueryTemplates templates, CmsDbContext database, IContentStore store) : IQueryEngine
{
    public string Source => IndexProfile.Lucene;

    public async Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var profile = profiles.FindByEither(query.Index) ?? throw new StoredQueryException($"There is no index “{query.Index}”.");
        var json = await templates.RenderJsonAsync(query.Template, parameters, cancellationToken).ConfigureAwait(false);
        var hits = await search.RunAsync(profile, json, cancellationToken).ConfigureAwait(false);
        if (!query.ReturnContentItems) return new StoredQueryResult(null, hits.Documents) { Count = hits.Total };
        return new StoredQueryResult(await ItemsAsync(hits, cancellationToken).ConfigureAwait(false), null) { Count = hits.Total };
    }

    /// <summary>The versions that were found, in their order.</summary>
    internal async Task<IReadOnlyList<ContentItem>> ItemsAsync(SearchHits hits, CancellationToken cancellationToken)
    {
        var versions = hits.Documents.Select(document => (string)document[SearchFields.ContentItemVersionId]!).ToList();
        var rows = await database.ContentVersions.AsNoTracking().Where(row => versions.Contains(row.ContentItemVersionId))
            .Select(row => new { row.Id, row.ContentItemVersionId }).ToDictionaryAsync(row => row.ContentItemVersionId, row => row.Id, cancellationToken).ConfigureAwait(false);
        return await store.FindDocumentsAsync([.. versions.Where(rows.ContainsKey).Select(version => rows[version])], cancellationToken).ConfigureAwait(false);
    }
}
