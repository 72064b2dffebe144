using Cms.Core.Security;
using Cms.Platform.Identity;

namespace Cms.Platform.Queries;

/// <summary><c>ExecuteApi_Name</c> for every stored query.</summary>
public sealed class QueryPermissions(StoredQueryRegistry queries) : IPermissionSource
{
    public static Permission ManageSqlQueries { get; } = new("ManageSqlQueries", "Manage SQL queries");

    public IEnumerable<string> Names => queries.All.Select(query => Of(query).Name).Append(ManageSqlQueries.Name);

    /// <summary>The right to run one stored query.</summary>
    public static Permission Of(StoredQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Permission($"ExecuteApi_{query.Name}", $"Execute the query {query.Name} via the API", SitePermissions.ExecuteApiAll);
    }
}
