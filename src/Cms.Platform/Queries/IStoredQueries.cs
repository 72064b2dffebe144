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

    /// <summary>The query finds more than this many results, which were cut off; null where these are all.</summary>
    public int? CutAt { get; init; }
}

/// <summary>Runs stored queries. Who may run which is the caller's to check; templates of the site run any.</summary>
public interface IStoredQueries
{
    IReadOnlyCollection<StoredQuery> All { get; }

    StoredQuery? Find(string name);

    /// <summary>How many results the query returns at most, as its text and the parameters say it, and the site's own limit. What it costs is counted with it.</summary>
    int MaxResults(StoredQuery query, IReadOnlyDictionary<string, object?> parameters);

    /// <summary>Runs the query; what it finds beyond <see cref="MaxResults"/> is cut off.</summary>
    /// <exception cref="StoredQueryException">The query is refused, failed, ran out of time or lacks a parameter.</exception>
    Task<StoredQueryResult> RunAsync(StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken);
}

/// <summary>Runs the stored queries of one source.</summary>
public interface IQueryEngine
{
    /// <summary>The source's name in recipes; compared without case.</summary>
    string Source { get; }

    /// <summary>How many results the query asks for; null where only running it tells.</summary>
    int? Limit(StoredQuery query, IReadOnlyDictionary<string, object?> parameters);

    /// <param name="query">The query.</param>
    /// <param name="parameters">The parameters that the caller gives.</param>
    /// <param name="maxResults">Results that are returned; more are cut off.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="StoredQueryException">The query is refused, failed, went past a limit or lacks a parameter.</exception>
    Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, int maxResults, CancellationToken cancellationToken);
}
