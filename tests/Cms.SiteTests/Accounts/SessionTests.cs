using System.Net;
using System.Text.Json.Nodes;
using Cms.Platform.Identity.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Accounts;

public sealed class SqliteSessionTests(Site site) : SessionTests(site);

public sealed class PostgresSessionTests(PostgresSite site) : SessionTests(site.OrSkip());

/// <summary>Who is signed in is known on the server, and ends there.</summary>
public abstract class SessionTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<(SignInBrowser Browser, string Name)> SignedInAsync(string role = "Editor")
    {
        var name = await TestAccounts.NewAsync(site, Cancel, role);
        var browser = new SignInBrowser(site);
        await browser.SignInAsync(name, TestAccounts.Password, Cancel);
        (await browser.IsSignedInAsync(Cancel)).ShouldBeTrue();
        return (browser, name);
    }

    [Fact]
    public async Task The_cookie_of_somebody_who_signed_out_opens_nothing()
    {
        var (browser, _) = await SignedInAsync();
        using var thief = new SignInBrowser(site);
        foreach (var cookie in browser.Cookies) thief.Cookies[cookie.Key] = cookie.Value;
        await browser.SubmitAsync("/Admin/Contents/ContentItems", "/Users/LogOff", [], Cancel);
        (await thief.IsSignedInAsync(Cancel)).ShouldBeFalse();
        thief.Cookies.ShouldNotContainKey("cms_auth");
    }

    [Fact]
    public async Task A_session_that_ended_on_one_node_is_over_on_another()
    {
        var (browser, _) = await SignedInAsync();
        using var node = site.Again();
        using var there = new SignInBrowser(node);
        foreach (var cookie in browser.Cookies) there.Cookies[cookie.Key] = cookie.Value;
        (await there.IsSignedInAsync(Cancel)).ShouldBeTrue();
        await browser.SubmitAsync("/Admin/Contents/ContentItems", "/Users/LogOff", [], Cancel);
        (await there.IsSignedInAsync(Cancel)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("new password")]
    [InlineData("password hash by recipe")]
    [InlineData("role taken away")]
    [InlineData("disabled by recipe")]
    [InlineData("deleted")]
    public async Task Sessions_end_when_the_account_changes(string change)
    {
        var (browser, name) = await SignedInAsync();
        var (bystander, _) = await SignedInAsync();
        await TestAccounts.ChangeAsync(site, name, async (users, user) =>
        {
            JsonObject Step(string member, JsonNode value) =>
                new() { ["name"] = "Users", ["Users"] = new JsonArray(new JsonObject { ["UserId"] = user.Id, [member] = value }) };
            switch (change)
            {
                case "new password": return await users.ChangePasswordAsync(user, TestAccounts.Password, "Seven-Amber-Lanterns-5");
                case "role taken away": return await users.RemoveFromRoleAsync(user, "Editor");
                case "deleted": return await users.DeleteAsync(user);
                case "disabled by recipe": await TestAccounts.RunAsync(site, Step("IsEnabled", false), Cancel); break;
                default: await TestAccounts.RunAsync(site, Step("PasswordHash", users.PasswordHasher.HashPassword(user, "Seven-Amber-Lanterns-5")), Cancel); break;
            }

            return IdentityResult.Success;
        });
        (await browser.IsSignedInAsync(Cancel)).ShouldBeFalse();
        (await bystander.IsSignedInAsync(Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_account_that_is_enabled_again_does_not_bring_its_sessions_back()
    {
        var (browser, name) = await SignedInAsync();
        await TestAccounts.ChangeAsync(site, name, (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue));
        await TestAccounts.ChangeAsync(site, name, (users, user) => users.SetLockoutEndDateAsync(user, null));
        (await browser.IsSignedInAsync(Cancel)).ShouldBeFalse();
        await browser.SignInAsync(name, TestAccounts.Password, Cancel);
        (await browser.IsSignedInAsync(Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_role_that_is_given_counts_without_another_sign_in()
    {
        var name = await TestAccounts.NewAsync(site, Cancel, "Authenticated");
        using var browser = new SignInBrowser(site);
        await browser.SignInAsync(name, TestAccounts.Password, Cancel);
        (await browser.IsSignedInAsync(Cancel)).ShouldBeFalse();
        await TestAccounts.ChangeAsync(site, name, (users, user) => users.AddToRoleAsync(user, "Editor"));
        (await browser.IsSignedInAsync(Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_all_sessions_of_the_user()
    {
        var (browser, name) = await SignedInAsync();
        using var other = new SignInBrowser(site);
        await other.SignInAsync(name, TestAccounts.Password, Cancel);
        await browser.SubmitAsync("/Admin/Contents/ContentItems", "/Users/LogOffEverywhere", [], Cancel);
        (await browser.IsSignedInAsync(Cancel)).ShouldBeFalse();
        (await other.IsSignedInAsync(Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Sessions_of_long_ago_are_erased_and_others_stay()
    {
        var (browser, name) = await SignedInAsync();
        using var other = new SignInBrowser(site);
        await other.SignInAsync(name, TestAccounts.Password, Cancel);
        await using var scope = site.NewScope();
        var database = scope.ServiceProvider.GetRequiredService<Platform.Storage.CmsDbContext>();
        var id = database.Users.Single(user => user.UserName == name).Id;
        var first = await database.SignInSessions.Where(session => session.UserId == id).OrderBy(session => session.CreatedUtc).Select(session => session.Id).FirstAsync(Cancel);
        await database.SignInSessions.Where(session => session.Id == first)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.SeenUtc, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)), Cancel);
        (await scope.ServiceProvider.GetRequiredService<SignInSessions>().PruneAsync(new DateTime(2020, 2, 1, 0, 0, 0, DateTimeKind.Utc), Cancel)).ShouldBe(1);
        (await browser.IsSignedInAsync(Cancel)).ShouldBeFalse();
        (await other.IsSignedInAsync(Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_cookie_is_bound_to_the_host_over_https_and_works_over_http()
    {
        var name = await TestAccounts.NewAsync(site, Cancel);
        using var secure = new SignInBrowser(site, new Uri("https://localhost"));
        await secure.SignInAsync(name, TestAccounts.Password, Cancel);
        var cookie = secure.SetCookies.ShouldHaveSingleItem(header => header.StartsWith("__Host-cms_auth=", StringComparison.Ordinal)).ToLowerInvariant();
        foreach (var flag in new[] { "; secure", "; httponly", "; path=/", "; samesite=lax" }) cookie.ShouldContain(flag);
        cookie.ShouldNotContain("domain=");
        (await secure.IsSignedInAsync(Cancel)).ShouldBeTrue();
        (await secure.GetAsync("/en", Cancel)).Headers.Age.ShouldBeNull();
    }
}

internal static class SingleItem
{
    public static T ShouldHaveSingleItem<T>(this IEnumerable<T> items, Func<T, bool> condition) => items.Where(condition).ToList().ShouldHaveSingleItem();
}
