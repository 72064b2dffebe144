using Microsoft.Playwright;

namespace Cms.BrowserTests;

public sealed class ReaderTests(BrowserSite site)
{
    /// <summary>A page of each kind, in the languages that have addresses of their own; the Cyrillic ones follow from the Serbian.</summary>
    private static readonly string[] Kinds =
    [
        "/en", "/en/agreements", "/en/agreements?status=not-implemented&sort=status", "/en/agreements/freedom-of-movement", "/en/events", "/en/calendar/2020/07",
        "/en/events/online-workshop-brussels-dialogue", "/en/news", "/en/news?page=2", "/en/news/survey-moderately-informed", "/en/connect", "/en/contact",
        "/en/projects/advancing-kosovo-institutions", "/en/funders/norwegian-embassy", "/en/surveys/what-should-the-dialogue-explain", "/en/nothing-here",
        "/sq", "/sq/marreveshjet", "/sq/marreveshjet?status=not-implemented&sort=status", "/sq/marreveshjet/liria-e-levizjes", "/sq/ngjarje", "/sq/calendar/2020/07",
        "/sq/ngjarje/punetori-dialogu-i-brukselit", "/sq/lajme", "/sq/lajme?page=2", "/sq/lajme/anketa-mesatarisht-te-informuar", "/sq/na-ndiqni", "/sq/kontakti",
        "/sq/projektet/avancimi-i-institucioneve", "/sq/donatoret/ambasada-norvegjeze", "/sq/anketa/cfare-duhet-shpjeguar-per-dialogun", "/sq/asgje",
        "/sr", "/sr/sporazumi", "/sr/sporazumi?status=not-implemented&sort=status", "/sr/sporazumi/sloboda-kretanja", "/sr/dogadjaji", "/sr/calendar/2020/07",
        "/sr/dogadjaji/onlajn-radionica-briselski-dijalog", "/sr/vesti", "/sr/vesti?page=2", "/sr/vesti/anketa-umereno-informisani", "/sr/pratite-nas", "/sr/kontakt",
        "/sr/projekti/unapredjenje-kosovskih-institucija", "/sr/donatori/norveska-ambasada", "/sr/ankete/sta-treba-objasniti-o-dijalogu", "/sr/nista",
    ];

    public static TheoryData<string> Pages { get; } =
    [
        .. Kinds, .. Kinds.Where(path => path == "/sr" || path.StartsWith("/sr/", StringComparison.Ordinal)).Select(path => "/sr-cyrl" + path["/sr".Length..]),
        "/search?culture=en&terms=energy", "/search?culture=sq&terms=energjia", "/search?culture=sr-Latn&terms=energetika", "/search?culture=sr-cyrl&terms=zzz",
        "/Surveys/svy-dialogue-sq/Thanks", "/en/contact?language=de", "/sr/nista?language=sq",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_no_accessibility_violations_and_does_not_scroll_sideways(string path)
    {
        var page = await site.NewPageAsync(320);
        var refused = new List<string>();
        page.Console += (_, message) => refused.AddRange(message.Type == "error" && !message.Text.Contains("404", StringComparison.Ordinal) ? [message.Text] : []);
        await page.GotoAsync(path);
        foreach (var (width, scheme) in new[] { (320, ColorScheme.Light), (1280, ColorScheme.Dark) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
            await Accessibility.CheckAsync(page);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, path);
        }

        refused.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_page_with_an_accessibility_violation_is_found_out()
    {
        var page = await site.NewPageAsync();
        await page.SetContentAsync("<!doctype html><html lang=\"en\"><head><title>x</title></head><body><img src=\"data:,\"></body></html>");
        (await Assert.ThrowsAsync<ShouldAssertException>(() => Accessibility.CheckAsync(page))).Message.ShouldContain("image-alt");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_news_come_with_script_into_the_list_and_without_it_on_a_page_of_its_own(bool script)
    {
        Assert.SkipWhen(site.Browser is null, "There is no Chromium on this machine; on Debian the test command installs it.");
        await using var context = await site.Browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.Address, JavaScriptEnabled = script });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/en/news");
        var (titles, more) = (page.Locator("[data-list] h3"), page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Load more" }));
        var seen = new List<string>(await titles.AllInnerTextsAsync());
        seen.Count.ShouldBe(5);

        // Other tests publish posts too, so that there may be more than the two pages of the recipe.
        for (var number = 2; await more.CountAsync() > 0; number++)
        {
            await more.ClickAsync();
            if (script) await titles.Nth(seen.Count).WaitForAsync();
            else await page.WaitForURLAsync($"**/en/news?page={number}#list");
            page.Url.Contains("page=", StringComparison.Ordinal).ShouldBe(!script);
            var shown = await titles.AllInnerTextsAsync();
            if (script) shown.Take(seen.Count).ShouldBe(seen);
            else shown.Count.ShouldBeInRange(1, 5);
            seen = [.. script ? shown : seen.Concat(shown)];
        }

        seen.Count.ShouldBeGreaterThan(5);
        seen.ShouldContain("What citizens of North Mitrovica said about the dialogue");
    }

    [Fact]
    public async Task The_agreements_are_filtered_without_script_and_the_address_can_be_shared()
    {
        Assert.SkipWhen(site.Browser is null, "There is no Chromium on this machine; on Debian the test command installs it.");
        await using var context = await site.Browser!.NewContextAsync(new BrowserNewContextOptions { BaseURL = site.Address, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sr/sporazumi");
        await page.GetByLabel("Status", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("not-implemented");
        await page.GetByLabel("Vrsta", new PageGetByLabelOptions { Exact = true }).SelectOptionAsync("political");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Prikaži", Exact = true }).ClickAsync();
        page.Url.ShouldEndWith("/sr/sporazumi?status=not-implemented&nature=political");
        (await page.Locator(".ledger tbody tr").CountAsync()).ShouldBe(2);
        (await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "CSV" }).GetAttributeAsync("href")).ShouldBe("/sr/agreements.csv?status=not-implemented&nature=political");
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
