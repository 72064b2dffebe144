using Cms.Core.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Queries;

/// <summary>Runs the site's stored queries, and keeps from their items what the user may not see.</summary>
public sealed partial class StoredQueries(
    StoredQueryRegistry registry, IEnumerable<IQueryEngine> engines, ICurrentUser currentUser, IOptions<StoredQueryLimits> limits, ILogger<StoredQueries> logger) : IStoredQueries
{
    public IReadOnlyCollection<StoredQuery> All => registry.All;

    public StoredQuery? Find(string name) => registry.Find(name);

    public int MaxResults(StoredQuery query, IReadOnlyDictionary<string, object?> parameters)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Math.Min(Engine(query)?.Limit(query, parameters) ?? int.MaxValue, limits.Value.MaxNumberOfResults);
    }

    public async Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var engine = Engine(query) ?? throw new StoredQueryException($"Queries of the source “{query.Source}” are not available here.");
        var result = await RunAsync(engine, query, parameters, cancellationToken).ConfigureAwait(false);
        if (result.CutAt is { } cutAt) WasCut(query.Name, cutAt);
        if (result.Items is null) return result;

        // Whoever wrote the query chose the rows; what a reader may see of them stays the reader's permissions.
        var user = currentUser.User;
        return result with { Items = [.. result.Items.Where(item => user.Allows(item.Published ? ContentAction.View : ContentAction.Edit, item))] };
    }

    private async Task<StoredQueryResult> RunAsync(
        IQueryEngine engine, StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.RunAsync(query, parameters, MaxResults(query, parameters), cancellationToken).ConfigureAwait(false);
        }
        catch (StoredQueryException problem) when (problem.InnerException is { } cause)
        {
            // Callers are not told what the database says; whoever looks after the site is.
            Failed(query.Name, problem.Message, cause.Message);
            throw;
        }
    }

    private IQueryEngine? Engine(StoredQuery query) => engines.FirstOrDefault(engine => string.Equals(engine.Source, query.Source, StringComparison.OrdinalIgnoreCase));

    [LoggerMessage(Level = LogLevel.Information, Message = "The stored query {Name} failed: {Problem} {Cause}")]
    private partial void Failed(string name, string problem, string cause);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The stored query {Name} finds more than {Count} results, which were cut off")]
    private partial void WasCut(string name, int count);
}
