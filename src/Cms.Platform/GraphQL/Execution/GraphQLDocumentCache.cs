using GraphQLParser.AST;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Cms.Platform.GraphQL;

/// <summary>Keeps parsed documents that were valid for a schema, up to a total length of text; the least used ones go first.</summary>
public sealed class GraphQLDocumentCache(IOptions<GraphQLOptions> options) : IDisposable
{
    private readonly MemoryCache _documents = new(new MemoryCacheOptions { SizeLimit = options.Value.DocumentCacheSize });

    public GraphQLDocument? Find(GraphQLSchemaSnapshot schema, string? query) =>
        query is null ? null : _documents.Get<GraphQLDocument>((schema?.Version, query));

    public void Add(GraphQLSchemaSnapshot schema, string query, GraphQLDocument document)
    {
        ArgumentNullException.ThrowIfNull(query);
        _documents.Set((schema?.Version, query), document, new MemoryCacheEntryOptions { Size = query.Length });
    }

    public void Dispose() => _documents.Dispose();
}
