using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Recipes;

/// <summary>Accounts as recipes give them. What the site's rules for accounts refuse is an error of the recipe, at the member that holds it.</summary>
public sealed class RecipeAccounts(UserManager<CmsIdentityUser> users, RoleManager<CmsIdentityRole> roles)
{
    public UserManager<CmsIdentityUser> Users => users;

    /// <param name="user">The new account.</param>
    /// <param name="password">Its password; null for an account that has a hash already, or none.</param>
    /// <param name="place">Where in the step the member of a name is; empty for the account itself.</param>
    /// <param name="context">The step.</param>
    public Task CreateAsync(CmsIdentityUser user, string? password, Func<string, string> place, RecipeStepContext context) =>
        RequireAsync(password is null ? users.CreateAsync(user) : users.CreateAsync(user, password), place, context);

    /// <param name="user">The account, changed.</param>
    /// <param name="endsSessions">Whether whoever is signed in with it has to sign in again.</param>
    /// <param name="place">Where in the step the member of a name is; empty for the account itself.</param>
    /// <param name="context">The step.</param>
    public Task UpdateAsync(CmsIdentityUser user, bool endsSessions, Func<string, string> place, RecipeStepContext context) =>
        RequireAsync(endsSessions ? users.UpdateSecurityStampAsync(user) : users.UpdateAsync(user), place, context);

    /// <returns>False where the account has that password already.</returns>
    public async Task<bool> SetPasswordAsync(CmsIdentityUser user, string password, string path, RecipeStepContext context)
    {
        if (await users.CheckPasswordAsync(user, password).ConfigureAwait(false)) return false;
        await RequireAsync(users.RemovePasswordAsync(user), _ => path, context).ConfigureAwait(false);
        await RequireAsync(users.AddPasswordAsync(user, password), _ => path, context).ConfigureAwait(false);
        return true;
    }

    /// <returns>False where the account has the roles already.</returns>
    public async Task<bool> AddRolesAsync(CmsIdentityUser user, IEnumerable<string> names, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var held = await users.GetRolesAsync(user).ConfigureAwait(false);
        var added = names.Except(held, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var name in added)
        {
            if (!await roles.RoleExistsAsync(name).ConfigureAwait(false))
            {
                context.Missing(path, $"There is no role “{name}”. A step Roles before this one can bring it.");
                await RequireAsync(roles.CreateAsync(new CmsIdentityRole { Name = name }), _ => path, context).ConfigureAwait(false);
            }

            await RequireAsync(users.AddToRoleAsync(user, name), _ => path, context).ConfigureAwait(false);
        }

        return added.Count > 0;
    }

    private static async Task RequireAsync(Task<IdentityResult> attempt, Func<string, string> place, RecipeStepContext context)
    {
        var result = await attempt.ConfigureAwait(false);
        if (!result.Succeeded) throw context.Fail(place(MemberOf(result.Errors.First().Code)), string.Join(" ", result.Errors.Select(error => error.Description)));
    }

    private static string MemberOf(string code) => code switch
    {
        _ when code.StartsWith("Password", StringComparison.Ordinal) => "Password",
        nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.InvalidUserName) => "UserName",
        nameof(IdentityErrorDescriber.DuplicateEmail) or nameof(IdentityErrorDescriber.InvalidEmail) => "Email",
        _ => "",
    };
}
