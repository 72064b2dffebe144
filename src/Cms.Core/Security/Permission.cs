using System.Collections.Immutable;

namespace Cms.Core.Security;

/// <summary>A right that roles grant by name, as the contract spells it; holding any of <paramref name="ImpliedBy"/> grants it too.</summary>
public sealed record Permission(string Name, string Description, params ImmutableArray<Permission> ImpliedBy)
{
    public bool IsGrantedTo(CmsUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.IsAdministrator || user.Permissions.Contains(Name) || ImpliedBy.Any(permission => permission.IsGrantedTo(user));
    }
}

/// <summary>Permissions of the platform that don't depend on a content type.</summary>
public static class SitePermissions
{
    public static Permission AccessAdminPanel { get; } = new("AccessAdminPanel", "Access the admin");
    public static Permission ExecuteGraphQLMutations { get; } = new("ExecuteGraphQLMutations", "Execute GraphQL mutations");
    public static Permission ExecuteGraphQL { get; } = new("ExecuteGraphQL", "Execute GraphQL", ExecuteGraphQLMutations);
    public static Permission AccessContentApi { get; } = new("AccessContentApi", "Access content via the API");
    public static Permission ManageQueries { get; } = new("ManageQueries", "Manage queries");
    public static Permission ExecuteApiAll { get; } = new("ExecuteApiAll", "Execute all queries via the API", ManageQueries);
    public static Permission ManageSettings { get; } = new("ManageSettings", "Manage settings");
    public static Permission ManageTemplates { get; } = new("ManageTemplates", "Manage templates");

    public static Permission ViewUsers { get; } = new("ViewUsers", "View users");


    public static ImmutableArray<Permission> All { get; } =
        [AccessAdminPanel, ExecuteGraphQLMutations, ExecuteGraphQL, AccessContentApi, ManageQueries, ExecuteApiAll, ManageSettings, ManageTemplates, ViewUsers];
}
