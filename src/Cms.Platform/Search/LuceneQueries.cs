using System.Text.Json;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Queries;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Search;

/// <summary>Stored queries in the contract's search language. Their items are those of the versions that the index names; others are gone.</summary>
public sealed class LuceneQueries(
    IndexProfiles profiles, LuceneSearch search, QueryTemplates templates, CmsDbContext database, IContentStore store, ICurrentUser currentUser) : IQueryEngine
{
    public string Source => IndexProfile.Lucene;

    public int? Limit(StoredQuery query, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (QueryTemplates.HasLiquid(query.Template)) return null;
        try
        {
            using var json = JsonDocument.Parse(query.Template, SearchRequest.Reading);
            return json.RootElement.TryGetProperty("size", out var size) ? size.GetInt32() : SearchRequest.DefaultSize;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public async Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, int maxResults, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var profile = profiles.FindByEither(query.Index) ?? throw new StoredQueryException($"There is no index “{query.Index}”.");
        var json = await templates.RenderJsonAsync(query.Template, parameters, cancellationToken).ConfigureAwait(false);
        var hits = await search.RunAsync(profile, json, currentUser.User, maxResults, cancellationToken).ConfigureAwait(false);
        var result = new StoredQueryResult(null, hits.Documents) { Count = hits.Total, CutAt = hits.IsCut ? maxResults : null };
        return query.ReturnContentItems ? result with { Items = await ItemsAsync(hits, cancellationToken).ConfigureAwait(false), Rows = null } : result;
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
