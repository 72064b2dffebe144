using System.Net;
using Cms.SiteTests.Accounts;

namespace Cms.SiteTests.Admin;

public sealed class SqliteRefusedPageTests(Site site) : RefusedPageTests(site);

public sealed class PostgresRefusedPageTests(PostgresSite site) : RefusedPageTests(site.OrSkip());

/// <summary>A page that is shown in place of another one is whole, however many ask at once: its layout reads the database too.</summary>
public abstract class RefusedPageTests(Site site)
{
    private const int Readers = 4;

    private const int Requests = 25;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Authenticated", "/Admin/Contents/ContentItems", HttpStatusCode.Forbidden, "Your account may not open this page.")]
    [InlineData("Administrator", "/Admin/Contents/ContentItems/4abcdefghijklmnopqrstuvwxy/Edit", HttpStatusCode.NotFound, "There is nothing at this address")]
    [InlineData("Administrator", "/Admin/NotFound", HttpStatusCode.NotFound, "There is nothing at this address")]
    public async Task It_is_whole(string role, string path, HttpStatusCode status, string sentence)
    {
        var name = await TestAccounts.NewAsync(site, Cancel, role);
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(async _ =>
        {
            using var browser = new SignInBrowser(site);
            await browser.SignInAsync(name, TestAccounts.Password, Cancel);
            for (var number = 0; number < Requests; number++)
            {
                var answer = await browser.GetAsync(path, Cancel);
                answer.StatusCode.ShouldBe(status);
                var page = await answer.Content.ReadAsStringAsync(Cancel);
                page.ShouldContain(sentence);
                page.ShouldContain("aria-label=\"Admin\"");
                page.ShouldEndWith("</html>");
            }
        }));
    }
}
