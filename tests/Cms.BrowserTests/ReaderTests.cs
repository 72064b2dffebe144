using Microsoft.Playwright;

namespace Cms.BrowserTests;

public sealed class ReaderTests(BrowserSite site)
{
    public static TheoryData<string> Pages { get; } =
    [
        "/en", "/sq", "/sr", "/en/agreements", "/sq/ngjarje", "/sr/vesti", "/en/contact", "/sr/sporazumi/prvi-sporazum",
        "/sq/ngjarje/punetori-dialogu-i-brukselit", "/en/news/survey-moderately-informed", "/en/nothing-here",
        "/sr-cyrl", "/sr-cyrl/sporazumi", "/sr-cyrl/kontakt", "/sr-cyrl/nista", "/en/contact?language=de", "/sr/nista?language=sq",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_no_accessibility_violations_and_does_not_scroll_sideways(string path)
    {
        foreach (var (width, scheme) in new[] { (390, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            var page = await site.NewPageAsync(width, scheme);
            await page.GotoAsync(path);
            await Accessibility.CheckAsync(page);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, path);
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task A_reader_switches_the_language_of_an_agreement()
    {
        var page = await site.NewPageAsync(390);
        await page.GotoAsync("/en/agreements/first-agreement");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Srpski" }).ClickAsync();
        page.Url.ShouldEndWith("/sr/sporazumi/prvi-sporazum");
        (await page.GetByText("Delimično sproveden").First.IsVisibleAsync()).ShouldBeTrue();
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Српски" }).ClickAsync();
        page.Url.ShouldEndWith("/sr-cyrl/sporazumi/prvi-sporazum");
        (await page.GetByText("Делимично спроведен").First.IsVisibleAsync()).ShouldBeTrue();
        await page.GotoAsync("/");
        page.Url.ShouldEndWith("/sr-cyrl");
    }
}
