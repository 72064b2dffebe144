using System.Text.Json.Nodes;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Accounts;

/// <summary>Accounts that a test makes and changes as the site's owner does.</summary>
internal static class TestAccounts
{
    public const string Password = "Three-Green-Kayaks-41";

    /// <summary>A new account with the role; its name.</summary>
    public static async Task<string> NewAsync(Site site, CancellationToken cancellationToken, string role = "Editor")
    {
        var name = "user" + Guid.NewGuid().ToString("n")[..12];
        await RunAsync(site, new JsonObject { ["name"] = "command", ["Commands"] = new JsonArray($"createUser /UserName:{name} /Password:{Password} /Email:{name}@example.org /Roles:{role}") }, cancellationToken);
        return name;
    }

    public static async Task RunAsync(Site site, JsonObject step, CancellationToken cancellationToken)
    {
        await using var scope = site.NewScope();
        await EveryKind.RunAsync(scope.ServiceProvider, step, cancellationToken);
    }

    /// <summary>Changes the account in a scope of its own.</summary>
    public static async Task ChangeAsync(Site site, string name, Func<UserManager<CmsIdentityUser>, CmsIdentityUser, Task<IdentityResult>> change)
    {
        await using var scope = site.NewScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<CmsIdentityUser>>();
        (await change(users, (await users.FindByNameAsync(name)).ShouldNotBeNull())).Succeeded.ShouldBeTrue();
    }
}
