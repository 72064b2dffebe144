using Cms.Core.Content;

namespace Cms.Platform.Queries;

/// <summary>A stored query (recipes contract, step <c>Queries</c>).</summary>
/// <param name="Name">Unique; compared without case.</param>
/// <param name="Source">The engine, such as <c>Sql</c> or <c>Lucene</c>.</param>
/// <param name="Template">The query's text: Liquid first; in SQL also <c>@name:default</c> parameters.</param>
/// <param name="Schema">The JSON schema of the results for GraphQL, or null.</param>
/// <param name="ReturnContentItems">The query names content items, and the result is the items.</param>
/// <param name="Index">The search index that a query of a search engine asks.</param>
public sealed record StoredQuery(string Name, string Source, string Template, string? Schema, bool ReturnContentItems, string? Index = null);

/// <summary>What a stored query yields: content items that the user may see, or rows of named values.</summary>
public sealed record StoredQueryResult(
    IReadOnlyList<ContentItem>? Items, IReadOnlyList<IReadOnlyDictionary<string, object?>>? Rows)
{
    /// <summary>How many results there are beyond this page, from engines that count them.</summary>
    public int? Count { get; init; }
}

/// <summary>Runs stored queries. Who may run which is the caller's to check; templates of the site run any.</summary>
public interface IStoredQueries
{
    IReadOnlyCollection<StoredQuery> All { get; }

    StoredQuery? Find(string name);

    /// <exception cref="StoredQueryException">The query is refused, failed, ran out of time or lacks a parameter.</exception>
    Task<StoredQueryResult> RunAsync(StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken);
}

/// <summary>Runs the stored queries of one source.</summary>
public interface IQueryEngine
{
    /// <summary>The source's name in recipes; compared without case.</summary>
    string Source { get; }

    /// <exception cref="StoredQueryException">The query is refused, failed, ran out of time or lacks a parameter.</exception>
    Task<StoredQueryResult> RunAsync(StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken);
}
