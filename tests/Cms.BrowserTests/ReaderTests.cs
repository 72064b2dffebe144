using Microsoft.Playwright;

namespace Cms.BrowserTests;

public sealed class ReaderTests(BrowserSite site)
{
    public static TheoryData<string> Pages { get; } =
    [
        "/en", "/sq", "/sr", "/en/agreements", "/sq/ngjarje", "/sr/vesti", "/en/contact", "/sr/sporazumi/prvi-sporazum",
        "/sq/ngjarje/punetori-dialogu-i-brukselit", "/en/news/survey-moderately-informed", "/en/nothing-here",
        "/en/surveys/what-should-the-dialogue-explain", "/sq/anketa/cfare-duhet-shpjeguar-per-dialogun", "/sr/ankete/sta-treba-objasniti-o-dijalogu",
        "/Surveys/svy-dialogue-sq/Thanks", "/sr/calendar/2020/07", "/en/events/online-workshop-brussels-dialogue",
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
    public async Task Data_for_search_engines_stands_in_the_page_and_breaks_no_policy()
    {
        var page = await site.NewPageAsync();
        var refused = new List<string>();
        page.Console += (_, message) => refused.AddRange(message.Text.Contains("Content Security Policy", StringComparison.Ordinal) ? [message.Text] : []);
        await page.GotoAsync("/en/contact");
        (await page.Locator("script[type='application/ld+json']").AllTextContentsAsync()).ShouldContain(json => json.Contains("\"Organization\"", StringComparison.Ordinal));
        refused.ShouldBeEmpty();

        // The same policy does refuse what runs.
        await page.EvaluateAsync("document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = true' }))");
        refused.ShouldHaveSingleItem();
        (await page.EvaluateAsync<bool>("window.ran === true")).ShouldBeFalse();
    }

    [Fact]
    public async Task Five_people_answer_a_survey_without_script_and_see_what_all_said()
    {
        for (var person = 0; person < 5; person++)
        {
            Assert.SkipWhen(site.Browser is null, "There is no Chromium on this machine; on Debian the test command installs it.");
            await using var context = await site.Browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.Address, JavaScriptEnabled = false });
            var page = await context.NewPageAsync();
            await page.GotoAsync("/sr/ankete/sta-treba-objasniti-o-dijalogu");
            await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pošalji odgovore" }).ClickAsync();
            (await page.GetByRole(AriaRole.Alert).InnerTextAsync()).ShouldContain("Neke odgovore treba pogledati još jednom.");
            await page.GetByLabel("Umereno").CheckAsync();
            await page.GetByLabel("Društvene mreže").CheckAsync();
            do
            {
                // A person needs three seconds at least; the form stays as it is until then.
                await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pošalji odgovore" }).ClickAsync();
            }
            while (!page.Url.EndsWith("/Thanks", StringComparison.Ordinal));
            (await context.CookiesAsync()).ShouldBeEmpty();
        }

        foreach (var (width, scheme) in new[] { (390, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            var results = await site.NewPageAsync(width, scheme);
            await results.GotoAsync($"/Surveys/svy-dialogue-sr/Results?{width}");
            (await results.Locator(".chart").First.Locator("tbody tr").Nth(2).InnerTextAsync()).ShouldContain("100%");
            await Accessibility.CheckAsync(results);
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
