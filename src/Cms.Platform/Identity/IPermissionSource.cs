namespace Cms.Platform.Identity;

/// <summary>Permissions beside those of the site and of content, such as one per stored query.</summary>
public interface IPermissionSource
{
    IEnumerable<string> Names { get; }
}

/// <summary>The contract's permissions for features that check them on their own, or are not here: a recipe may grant them either way.</summary>
public sealed class ContractPermissions : IPermissionSource
{
    public IEnumerable<string> Names =>
    [
        "ManageIndexes", "ManageLuceneIndexes", "ManageMedia", "ManageMediaFolder", "ManageOwnMedia", "ManageSearchSettings", "ManageSqlQueries",
        "ManageTenants", "QueryLuceneApi", "QuerySearchIndex",
    ];
}
