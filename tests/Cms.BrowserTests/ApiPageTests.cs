using Microsoft.Playwright;

namespace Cms.BrowserTests;

/// <summary>The pages on which people try the APIs: they run under the site's policy and load nothing from elsewhere.</summary>
public sealed class ApiPageTests(BrowserSite site)
{
    [Fact]
    public async Task Scalar_shows_the_API_within_the_policy_and_from_this_site_alone()
    {
        var (page, refused, elsewhere) = await OpenAsync();
        await page.GotoAsync("/scalar/v1");
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Balkans Policy Research Group" }).WaitForAsync();
        await page.GetByText("/api/queries/{name}").First.WaitForAsync();
        await ShotAsync(page, "scalar");
        refused.ShouldBeEmpty();
        elsewhere.ShouldBeEmpty();
    }

    [Fact]
    public async Task GraphiQL_opens_within_the_policy_and_from_this_site_alone()
    {
        var (page, refused, elsewhere) = await OpenAsync();
        await page.GotoAsync("/Login?ReturnUrl=%2FAdmin%2FGraphQL");
        await page.GetByLabel("User name or e-mail").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(BrowserSite.AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GotoAsync("/Admin/GraphQL");
        await page.Locator(".graphiql-query-editor .view-lines").First.WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { NameRegex = new System.Text.RegularExpressions.Regex("^Execute") }).WaitForAsync();
        await ShotAsync(page, "graphiql");
        refused.ShouldBeEmpty();
        elsewhere.ShouldBeEmpty();
    }

    private async Task<(IPage Page, List<string> Refused, List<string> Elsewhere)> OpenAsync()
    {
        var page = await site.NewPageAsync(1280);
        var (refused, elsewhere) = (new List<string>(), new List<string>());
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) refused.Add(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("http", StringComparison.Ordinal) && !request.Url.StartsWith(site.Address, StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };
        return (page, refused, elsewhere);
    }

    /// <summary>Keeps what a person would see where the environment names a folder for it.</summary>
    private static async Task ShotAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder) await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png") });
    }
}
