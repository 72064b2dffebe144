using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Adds accounts and changes those that exist, by <c>UserId</c>. Password hashes are stored as they are given.</summary>
public sealed class UsersStep(UserManager<CmsIdentityUser> users, RoleManager<CmsIdentityRole> roles) : IRecipeStep
{
    public string Name => "Users";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (json, path) in context.Objects("Users"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = context.Required(json, "UserId", path);
            if (id.Length > ContentId.MaxLength) throw context.Fail($"{path}.UserId", $"The id is longer than {ContentId.MaxLength} characters.");
            var existing = await users.FindByIdAsync(id).ConfigureAwait(false);
            var user = existing ?? new CmsIdentityUser { Id = id, UserName = context.Required(json, "UserName", path), LockoutEnabled = true };
            Apply(json, user);
            var result = existing is null ? await users.CreateAsync(user).ConfigureAwait(false) : await users.UpdateAsync(user).ConfigureAwait(false);
            if (!result.Succeeded) throw context.Fail(path, string.Join(" ", result.Errors.Select(error => error.Description)));
            await AddRolesAsync(user, context.Texts(json, "RoleNames", $"{path}.RoleNames"), context, path).ConfigureAwait(false);
        }
    }

    private static void Apply(JsonObject json, CmsIdentityUser user)
    {
        user.UserName = json.TextOf("UserName") ?? user.UserName;
        user.Email = json.TextOf("Email") ?? user.Email;
        user.PasswordHash = json.TextOf("PasswordHash") ?? user.PasswordHash;
        user.PhoneNumber = json.TextOf("PhoneNumber") ?? user.PhoneNumber;
        if (json.ContainsKey("EmailConfirmed")) user.EmailConfirmed = json.FlagOf("EmailConfirmed");
        if (json.ContainsKey("PhoneNumberConfirmed")) user.PhoneNumberConfirmed = json.FlagOf("PhoneNumberConfirmed");
        if (json.ContainsKey("IsEnabled")) user.LockoutEnd = json.FlagOf("IsEnabled") ? null : DateTimeOffset.MaxValue;
    }

    /// <summary>A role that a later step describes is made here already, without permissions.</summary>
    private async Task AddRolesAsync(CmsIdentityUser user, IReadOnlyList<string> names, RecipeStepContext context, string path)
    {
        var held = await users.GetRolesAsync(user).ConfigureAwait(false);
        foreach (var name in names.Except(held, StringComparer.OrdinalIgnoreCase))
        {
            var isThere = await roles.RoleExistsAsync(name).ConfigureAwait(false);
            var result = isThere ? IdentityResult.Success : await roles.CreateAsync(new CmsIdentityRole { Name = name }).ConfigureAwait(false);
            if (result.Succeeded) result = await users.AddToRoleAsync(user, name).ConfigureAwait(false);
            if (!result.Succeeded) throw context.Fail($"{path}.RoleNames", string.Join(" ", result.Errors.Select(error => error.Description)));
        }
    }
}
