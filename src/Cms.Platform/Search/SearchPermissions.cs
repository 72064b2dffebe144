using Cms.Core.Security;
using Cms.Platform.Identity;

namespace Cms.Platform.Search;

/// <summary>Who may search what (search contract, section 6).</summary>
public sealed class SearchPermissions(IndexProfiles profiles) : IPermissionSource
{
    public static Permission ManageIndexes { get; } = new("ManageIndexes", "Manage search indexes");

    public static Permission ManageLuceneIndexes { get; } = new("ManageLuceneIndexes", "Manage Lucene indexes", ManageIndexes);

    public static Permission QueryLuceneApi { get; } = new("QueryLuceneApi", "Query Lucene indexes via the API", ManageLuceneIndexes);

    public static Permission QuerySearchIndex { get; } = new("QuerySearchIndex", "Search in any index", ManageIndexes);

    public static Permission ManageSearchSettings { get; } = new("ManageSearchSettings", "Manage search settings");

    public IEnumerable<string> Names =>
        new[] { ManageIndexes, ManageLuceneIndexes, QueryLuceneApi, QuerySearchIndex, ManageSearchSettings }.Select(permission => permission.Name)
            .Concat(profiles.All.Select(profile => Of(profile).Name));

    /// <summary>The right to search in one index on the search page.</summary>
    public static Permission Of(IndexProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new Permission($"QueryIndex_{profile.Name}", $"Search in the index {profile.Name}", QuerySearchIndex);
    }
}
