using Cms.Modules.AuditTrail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Accounts;

/// <summary>The audit trail tells who signed in and who tried to, and the answers carry the headers that keep other sites out.</summary>
public sealed class AccountAuditTests(AppSite site) : IClassFixture<AppSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_ins_sign_outs_and_failures_are_in_the_trail_and_names_that_nobody_has_are_not()
    {
        var name = await TestAccounts.NewAsync(site, Cancel, "Administrator");
        using var browser = new SignInBrowser(site) { Address = "198.51.100.200" };
        for (var attempt = 0; attempt < 6; attempt++) (await browser.TrySignInAsync(name, "Wrong-Guess-12345", Cancel)).Dispose();
        (await browser.TrySignInAsync("my-password-by-mistake", "Wrong-Guess-12345", Cancel)).Dispose();
        browser.Address = "198.51.100.201";
        await browser.SignInAsync(name, TestAccounts.Password, Cancel);
        var page = await (await browser.GetAsync("/Admin/AuditTrail?user=" + name, Cancel)).Content.ReadAsStringAsync(Cancel);
        foreach (var shown in new[] { "Signed in", "Sign in failed", "Sign in refused", "198.51.100.200" }) page.ShouldContain(shown);
        await browser.SubmitAsync("/Admin/Contents/ContentItems", "/Users/LogOff", [], Cancel);
        using var client = site.CreateClient();
        (await client.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = AppSite.ReaderApp,
            ["client_secret"] = "wrong",
        }), Cancel)).Dispose();
        await using var scope = site.NewScope();
        var rows = await scope.ServiceProvider.GetRequiredService<Platform.Storage.CmsDbContext>().Set<AuditEventRow>().Where(row => row.ContentItemId == "").OrderBy(row => row.Id).ToListAsync(Cancel);
        rows.Where(row => row.UserName == name).Select(row => row.Kind).ShouldBe(
            [.. Enumerable.Repeat("SignInFailed", 5), "SignInRefused", "SignedIn", "SignedOut"]);
        rows.ShouldContain(row => row.Kind == "ClientSecretFailed" && row.UserId == AppSite.ReaderApp);
        rows.ShouldContain(row => row.Kind == "SignInFailed" && row.UserName == null && row.UserId == null);
        rows.ShouldAllBe(row => !$"{row.UserName}{row.Comment}".Contains("mistake", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/en", "same-origin", "same-origin")]
    [InlineData("/Login", "unsafe-none", "same-origin")]
    [InlineData("/api/content/nothing", "same-origin", "cross-origin")]
    [InlineData("/media/nothing.png", "same-origin", "cross-origin")]
    public async Task Answers_say_what_other_sites_may_do_with_them(string path, string opener, string resource)
    {
        using var client = site.CreateClient();
        using var answer = await client.GetAsync(path, Cancel);
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").Single().ShouldBe(opener);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single().ShouldBe(resource);
    }

    [Theory]
    [InlineData("https", "cms.example.org", "max-age=15552000")]
    [InlineData("https", "localhost", null)]
    [InlineData("http", "cms.example.org", null)]
    public async Task Browsers_that_came_by_https_stay_there(string scheme, string host, string? expected)
    {
        using var client = site.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/robots.txt");
        request.Headers.Host = host;
        request.Headers.Add("X-Forwarded-Proto", scheme);
        using var answer = await client.SendAsync(request, Cancel);
        (answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null).ShouldBe(expected);
    }
}
