using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Identity;

namespace Cms.Platform.Recipes.Steps;

/// <summary>
/// Adds accounts and changes those that exist, by <c>UserId</c>. A <c>PasswordHash</c> is stored as it is given, a <c>Password</c> is held to
/// the site's rules and hashed; a new account without either, with which nobody could sign in, has to be disabled.
/// </summary>
public sealed class UsersStep(RecipeAccounts accounts) : IRecipeStep
{
    private const string Password = "Password";
    private const string PasswordHash = "PasswordHash";

    /// <summary>An account that is locked until then is disabled. A database keeps a little less than the last moment that there is.</summary>
    private static readonly DateTimeOffset Disabled = DateTimeOffset.MaxValue;

    public string Name => "Users";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (json, path) in context.Objects("Users"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var id = context.Required(json, "UserId", path);
            if (id.Length > ContentId.MaxLength) throw context.Fail($"{path}.UserId", $"The id is longer than {ContentId.MaxLength} characters.");
            if (!seen.TryAdd(id, path)) throw context.Fail($"{path}.UserId", $"The account “{id}” is {seen[id]} too; give each account an id of its own.");
            await CheckNamesAsync(json, id, path, context).ConfigureAwait(false);
            await SaveAsync(json, id, path, context).ConfigureAwait(false);
        }
    }

    private async Task SaveAsync(JsonObject json, string id, string path, RecipeStepContext context)
    {
        var existing = await accounts.Users.FindByIdAsync(id).ConfigureAwait(false);
        var user = existing ?? new CmsIdentityUser { Id = id, UserName = context.Required(json, "UserName", path), LockoutEnabled = true };
        var before = StateOf(user);
        string Place(string member) => member.Length == 0 ? path : $"{path}.{member}";
        Apply(json, user);
        var password = PasswordOf(json, user, path, context);
        var isChanged = existing is not null && StateOf(user) != before;
        if (existing is null) await accounts.CreateAsync(user, password, Place, context).ConfigureAwait(false);
        else if (isChanged) await accounts.UpdateAsync(user, user.PasswordHash != before.PasswordHash, Place, context).ConfigureAwait(false);
        if (existing is not null && password is not null) isChanged |= await accounts.SetPasswordAsync(user, password, $"{path}.{Password}", context).ConfigureAwait(false);
        isChanged |= await accounts.AddRolesAsync(user, context.Texts(json, "RoleNames", $"{path}.RoleNames"), $"{path}.RoleNames", context).ConfigureAwait(false);
        if (existing is null) context.Changed($"Account added: {user.UserName}");
        else if (isChanged) context.Changed($"Account changed: {user.UserName}");
    }

    /// <summary>Names and addresses of others are refused with the account that has them.</summary>
    private async Task CheckNamesAsync(JsonObject json, string id, string path, RecipeStepContext context)
    {
        if (json.TextOf("UserName") is { Length: > 0 } name && await accounts.Users.FindByNameAsync(name).ConfigureAwait(false) is { } namesake && namesake.Id != id)
            throw context.Fail($"{path}.UserName", $"The account “{namesake.Id}” has the name “{name}” already; choose another, or give its UserId to change it.");
        if (json.TextOf("Email") is { Length: > 0 } email && await accounts.Users.FindByEmailAsync(email).ConfigureAwait(false) is { } other && other.Id != id)
            throw context.Fail($"{path}.Email", $"The account “{other.UserName}” has the e-mail address “{email}” already; each address can have one account.");
    }

    private static (string? UserName, string? Email, string? PasswordHash, string? PhoneNumber, bool EmailConfirmed, bool PhoneNumberConfirmed, DateTimeOffset? LockoutEnd) StateOf(CmsIdentityUser user) =>
        (user.UserName, user.Email, user.PasswordHash, user.PhoneNumber, user.EmailConfirmed, user.PhoneNumberConfirmed, user.LockoutEnd);

    private static void Apply(JsonObject json, CmsIdentityUser user)
    {
        user.UserName = json.TextOf("UserName") ?? user.UserName;
        user.Email = json.TextOf("Email") ?? user.Email;
        user.PhoneNumber = json.TextOf("PhoneNumber") ?? user.PhoneNumber;
        if (json.ContainsKey("EmailConfirmed")) user.EmailConfirmed = json.FlagOf("EmailConfirmed");
        if (json.ContainsKey("PhoneNumberConfirmed")) user.PhoneNumberConfirmed = json.FlagOf("PhoneNumberConfirmed");

        // An account that is locked for a while because of wrong passwords stays locked for that while.
        if (json.ContainsKey("IsEnabled") && json.FlagOf("IsEnabled") == IsDisabled(user)) user.LockoutEnd = json.FlagOf("IsEnabled") ? null : Disabled;
    }

    private static bool IsDisabled(CmsIdentityUser user) => user.LockoutEnd >= Disabled.AddDays(-1);

    /// <summary>Sets the hash that is given, and returns the password to set otherwise.</summary>
    private static string? PasswordOf(JsonObject json, CmsIdentityUser user, string path, RecipeStepContext context)
    {
        var password = json.TextOf(Password) is { Length: > 0 } given ? given : null;
        if (json.TextOf(PasswordHash) is { Length: > 0 } hash)
        {
            if (password is not null) throw context.Fail($"{path}.{Password}", $"The account has a {PasswordHash} too; give one of them.");
            if (PasswordHashes.IsUsable(hash)) user.PasswordHash = hash;
            else context.Missing($"{path}.{PasswordHash}", $"The text is not a hash of ASP.NET Core Identity, so that no password would match it. Give such a hash, or the {Password} itself.");
        }

        if (password is null && user.PasswordHash is null && !IsDisabled(user))
            context.Missing(path, $"Nobody could sign in to the account “{user.UserName}”. Give its {Password} or {PasswordHash}, or \"IsEnabled\": false until an administrator sets one.");
        if (json.FlagOf("TwoFactorEnabled")) context.Note($"{path}.TwoFactorEnabled: {user.UserName} has to set up the second factor again, because its key is not in the recipe.");
        return password;
    }
}
