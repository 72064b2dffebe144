using System.Globalization;
using Cms.Core.Content;

namespace Cms.Platform.Queries;

/// <summary>Runs the site's stored SQL queries and loads the items that they name.</summary>
public sealed class StoredQueries(StoredQueryRegistry registry, ISqlQueryRunner runner, IContentStore store) : IStoredQueries
{
    public IReadOnlyCollection<StoredQuery> All => registry.All;

    public StoredQuery? Find(string name) => registry.Find(name);

    public async Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var rows = await runner.RunAsync(query.Template, parameters, cancellationToken).ConfigureAwait(false);
        if (!query.ReturnContentItems) return new StoredQueryResult(null, rows);
        var ids = rows.Select(row => row.TryGetValue("DocumentId", out var id) ? Convert.ToInt64(id, CultureInfo.InvariantCulture)
            : throw new StoredQueryException($"The query “{query.Name}” returns content items, so it must select DocumentId.")).Distinct().ToList();
        return new StoredQueryResult(await store.FindDocumentsAsync(ids, cancellationToken).ConfigureAwait(false), null);
    }
}

/// <summary>Runs SQL that may only read the contract's views.</summary>
public interface ISqlQueryRunner
{
    /// <exception cref="StoredQueryException">The SQL is refused, failed, ran out of time or lacks a parameter.</exception>
    Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> RunAsync(
        string sql, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken);
}
