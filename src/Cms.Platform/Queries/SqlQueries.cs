using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Core.Content;

namespace Cms.Platform.Queries;

/// <summary>Stored queries in SQL: Liquid first, then the contract's parameters, and at last the items that the rows name.</summary>
public sealed partial class SqlQueries(ISqlQueryRunner runner, QueryTemplates templates, IContentStore store) : IQueryEngine
{
    public string Source => "Sql";

    public int? Limit(StoredQuery query, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(parameters);
        if (query.Template.Contains("--", StringComparison.Ordinal) || query.Template.Contains("/*", StringComparison.Ordinal)) return null;
        if (LastLimit().Match(query.Template) is not { Success: true } limit) return null;
        var given = limit.Groups["parameter"] is { Success: true } name && parameters.TryGetValue(name.Value, out var value) ? value : limit.Groups["number"].Value;
        return SqlTemplate.Number(given) is { } number and >= 0 ? (int)Math.Min(number, int.MaxValue) : null;
    }

    public async Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, int maxResults, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (sql, bound) = await templates.RenderSqlAsync(query.Template, parameters, cancellationToken).ConfigureAwait(false);
        var found = await runner.RunAsync(sql, bound, maxResults, cancellationToken).ConfigureAwait(false);
        var result = new StoredQueryResult(null, found.Rows) { CutAt = found.IsCut ? maxResults : null };
        if (!query.ReturnContentItems) return result;
        var ids = found.Rows.Select(row => row.TryGetValue("DocumentId", out var id) && id is long number ? number
            : throw new StoredQueryException($"The query “{query.Name}” returns content items, so it must select DocumentId.")).Distinct().ToList();
        return result with { Items = await store.FindDocumentsAsync(ids, cancellationToken).ConfigureAwait(false), Rows = null };
    }

    /// <summary>The LIMIT that a query ends with: a number, or a parameter with or without a default.</summary>
    [GeneratedRegex(@"\bLIMIT\s+(?:(?<number>\d+)|@(?<parameter>\w+)(?::(?<number>\d+))?)(?:\s+OFFSET\s+[\w@:]+)?\s*;?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.RightToLeft)]
    private static partial Regex LastLimit();
}

/// <summary>Runs SQL that may only read the contract's views.</summary>
public interface ISqlQueryRunner
{
    /// <param name="sql">One SELECT, with the contract's parameters.</param>
    /// <param name="parameters">The parameters' values.</param>
    /// <param name="maxRows">Rows that are returned; more are cut off.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <exception cref="StoredQueryException">The SQL is refused, failed, went past a limit or lacks a parameter.</exception>
    Task<QueryRows> RunAsync(string sql, IReadOnlyDictionary<string, object?> parameters, int maxRows, CancellationToken cancellationToken);
}
