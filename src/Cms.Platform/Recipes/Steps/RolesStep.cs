using System.Security.Claims;
using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Creates roles and replaces, adds or removes their permissions. The administrator's are never written: that role may do everything.</summary>
public sealed class RolesStep(
    RoleManager<CmsIdentityRole> roles, SiteDocuments documents, ContentDefinitionRegistry definitions, IEnumerable<IPermissionSource> sources)
    : IRecipeStep, IExportedStep
{
    private const string Changed = "changed";

    public string Name => "Roles";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var known = SitePermissions.All.Select(permission => permission.Name)
            .Concat(ContentPermissions.Names(definitions.Current)).Concat(sources.SelectMany(source => source.Names)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (json, path) in context.Objects("Roles"))
        {
            var name = context.Required(json, "Name", path);
            var permissions = context.Texts(json, "Permissions", $"{path}.Permissions");
            foreach (var unknown in permissions.Where(permission => !known.Contains(permission)))
                context.Missing($"{path}.Permissions", $"There is no permission “{unknown}”.");
            var (role, outcome) = await SaveAsync(name, json["Description"]?.ToString()).ConfigureAwait(false);
            var isGranted = !string.Equals(name, SystemRoles.Administrator, StringComparison.OrdinalIgnoreCase)
                && await GrantAsync(role, permissions, json["PermissionBehavior"]?.ToString() ?? "Replace", path, context).ConfigureAwait(false);
            if (outcome is not null || isGranted) context.Changed($"Role {outcome ?? Changed}: {role.Name}");
        }

        if (context.Changes.Count > 0) await documents.LoadRolesAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The role and what happened to it; null where it was so already.</returns>
    private async Task<(CmsIdentityRole Role, string? Outcome)> SaveAsync(string name, string? description)
    {
        if (await roles.FindByNameAsync(name).ConfigureAwait(false) is { } existing)
        {
            if (description is null || existing.Description == description) return (existing, null);
            existing.Description = description;
            await roles.UpdateAsync(existing).ConfigureAwait(false);
            return (existing, Changed);
        }

        var role = new CmsIdentityRole { Name = name, Description = description };
        await roles.CreateAsync(role).ConfigureAwait(false);
        return (role, "added");
    }

    /// <returns>False where the role has just these permissions already.</returns>
    private async Task<bool> GrantAsync(
        CmsIdentityRole role, IReadOnlyList<string> permissions, string behavior, string path, RecipeStepContext context)
    {
        var held = (await roles.GetClaimsAsync(role).ConfigureAwait(false)).Where(claim => claim.Type == CmsIdentityRole.PermissionClaim).ToList();
        var (remove, add) = behavior switch
        {
            "Replace" => (held.Where(claim => !permissions.Contains(claim.Value)), permissions),
            "Add" => ([], permissions),
            "Remove" => (held.Where(claim => permissions.Contains(claim.Value)), (IReadOnlyList<string>)[]),
            _ => throw context.Fail($"{path}.PermissionBehavior", $"“{behavior}” is not Replace, Add or Remove."),
        };
        var (removed, added) = (remove.ToList(), add.Distinct().Where(permission => held.All(claim => claim.Value != permission)).ToList());
        foreach (var claim in removed) await roles.RemoveClaimAsync(role, claim).ConfigureAwait(false);
        foreach (var permission in added) await roles.AddClaimAsync(role, new Claim(CmsIdentityRole.PermissionClaim, permission)).ConfigureAwait(false);
        return removed.Count > 0 || added.Count > 0;
    }

    public int ExportOrder => 50;

    public async Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var written = new JsonArray();
        foreach (var role in await roles.Roles.OrderBy(role => role.NormalizedName).ToListAsync(cancellationToken).ConfigureAwait(false))
        {
            var claims = await roles.GetClaimsAsync(role).ConfigureAwait(false);
            var permissions = claims.Where(claim => claim.Type == CmsIdentityRole.PermissionClaim).Select(claim => claim.Value).Order(StringComparer.Ordinal);
            written.Add(new JsonObject
            {
                [nameof(role.Name)] = role.Name,
                ["Description"] = role.Description ?? "",
                ["Permissions"] = new JsonArray([.. permissions.Select(permission => JsonValue.Create(permission))]),
            });
        }

        return new JsonObject { ["name"] = Name, ["Roles"] = written };
    }
}
