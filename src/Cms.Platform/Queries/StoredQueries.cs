using Cms.Core.Security;

namespace Cms.Platform.Queries;

/// <summary>Runs the site's stored queries, and keeps from their items what the user may not see.</summary>
public sealed class StoredQueries(StoredQueryRegistry registry, IEnumerable<IQueryEngine> engines, ICurrentUser currentUser) : IStoredQueries
{
    public IReadOnlyCollection<StoredQuery> All => registry.All;

    public StoredQuery? Find(string name) => registry.Find(name);

    public async Task<StoredQueryResult> RunAsync(
        StoredQuery query, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var engine = engines.FirstOrDefault(engine => string.Equals(engine.Source, query.Source, StringComparison.OrdinalIgnoreCase))
            ?? throw new StoredQueryException($"Queries of the source “{query.Source}” are not available here.");
        var result = await engine.RunAsync(query, parameters, cancellationToken).ConfigureAwait(false);
        if (result.Items is null) return result;

        // Whoever wrote the query chose the rows; what a reader may see of them stays the reader's permissions.
        var user = currentUser.User;
        return result with { Items = [.. result.Items.Where(item => user.Allows(item.Published ? ContentAction.View : ContentAction.Edit, item))] };
    }
}
