using System.Text.Json;
using Microsoft.Playwright;

namespace Cms.BrowserTests;

public sealed class EditorTests(BrowserSite site)
{
    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/Admin");
        await page.GetByLabel("User name or e-mail").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(BrowserSite.AdministratorPassword);
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Content", Exact = true }).WaitForAsync();
    }

    [Fact]
    public async Task An_editor_signs_in_writes_and_publishes_a_post_and_finds_it_on_the_site_and_in_GraphQL()
    {
        var page = await site.NewPageAsync();
        await SignInAsync(page);
        await page.GetByText("New", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "News post" }).ClickAsync();
        await page.GetByLabel("Title").FillAsync("A post from the browser");
        await page.GetByLabel("Summary").FillAsync("Written by a test that clicks.");
        await page.GetByLabel("Date").FillAsync("2026-03-04");
        await page.GetByLabel("Body").FillAsync("<p>The body of the post.</p>");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Publish", Exact = true }).ClickAsync();
        await page.GetByText("Published.").WaitForAsync();

        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "View on the site" }).ClickAsync();
        page.Url.ShouldEndWith("/en/news/a-post-from-the-browser");
        (await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 }).TextContentAsync()).ShouldBe("A post from the browser");
        (await page.GetByText("4 March 2026").IsVisibleAsync()).ShouldBeTrue();

        var answer = await page.APIRequest.GetAsync("/api/graphql?query=" + Uri.EscapeDataString("""{ newsPost(where: { path: "en/news/a-post-from-the-browser" }) { displayText } }"""));
        JsonDocument.Parse(await answer.TextAsync()).RootElement.GetProperty("data").GetProperty("newsPost")[0].GetProperty("displayText").GetString().ShouldBe("A post from the browser");
    }

    [Fact]
    public async Task The_editor_has_no_accessibility_violations()
    {
        var page = await site.NewPageAsync();
        await SignInAsync(page);
        await Accessibility.CheckAsync(page);
        await page.GotoAsync("/Admin/Contents/ContentItems/agr-first-agreement-sr/Edit");
        await Accessibility.CheckAsync(page);
    }

    [Fact]
    public async Task A_picker_finds_while_somebody_types_and_keeps_the_order_of_what_is_chosen()
    {
        var page = await site.NewPageAsync();
        await SignInAsync(page);
        await page.GotoAsync("/Admin/Contents/ContentItems/agr-first-agreement-sr/Edit");
        var picker = page.Locator("item-picker").First;
        var chosen = picker.Locator(".picker-chosen > li");
        var before = await chosen.CountAsync();
        await picker.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Find", Exact = true }).ClickAsync();
        var choices = picker.Locator(".picker-results li button");
        await choices.First.WaitForAsync();
        await Accessibility.CheckAsync(page);
        var name = await choices.First.TextContentAsync();
        await picker.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync(name!.Trim());
        await picker.Locator(".picker-results [role=status]").GetByText("1").First.WaitForAsync();
        await choices.First.ClickAsync();
        await choices.First.ClickAsync();
        (await chosen.CountAsync()).ShouldBeGreaterThanOrEqualTo(before);
        (await chosen.AllTextContentsAsync()).ShouldContain(text => text.Contains(name.Trim(), StringComparison.Ordinal));
        await Accessibility.CheckAsync(page);
    }
}
