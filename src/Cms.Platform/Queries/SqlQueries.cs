using System.Globalization;
using Cms.Core.Content;

namespace Cms.Platform.Queries;

/// <summary>Stored queries in SQL: Liquid first, then the contract's parameters, and at last the items that the rows name.</summary>
public sealed class SqlQueries(ISqlQueryRunner runner, QueryTemplates templates, IContentStore store) : IQueryEngine
{
    public string Source => "Sql";

    public async Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (sql, bound) = await templates.RenderSqlAsync(query.Template, parameters, cancellationToken).ConfigureAwait(false);
        var rows = await runner.RunAsync(sql, bound, cancellationToken).ConfigureAwait(false);
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
