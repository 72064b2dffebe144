using Cms.Platform.Identity;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Recipes;

/// <summary>What <c>parameters('…')</c> yields in a recipe that is run after setup (recipes contract, section 2).</summary>
public sealed class SiteParameters(SiteSettingsRegistry settings, UserManager<CmsIdentityUser> users)
{
    /// <summary>Without an administrator's account the parameters that name it are missing, and a recipe that asks for them fails.</summary>
    public async Task<IReadOnlyDictionary<string, string>> FindAsync()
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["SiteName"] = settings.Current.SiteName };
        if (await AdministratorAsync().ConfigureAwait(false) is not { } administrator) return parameters;
        parameters["AdminUserId"] = administrator.Id;
        parameters["AdminUsername"] = administrator.UserName ?? "";
        return parameters;
    }

    /// <summary>Whoever set the site up or, where that account is gone, the first administrator by name.</summary>
    private async Task<CmsIdentityUser?> AdministratorAsync()
    {
        if (settings.Current.SuperUser is { Length: > 0 } id && await users.FindByIdAsync(id).ConfigureAwait(false) is { } superUser) return superUser;
        return (await users.GetUsersInRoleAsync(SystemRoles.Administrator).ConfigureAwait(false)).OrderBy(user => user.NormalizedUserName, StringComparer.Ordinal).FirstOrDefault();
    }
}
