using Microsoft.Playwright;

namespace Cms.BrowserTests;

/// <summary>What editors do in browsers between typing and saving, and where their text is afterwards.</summary>
public sealed class NothingTypedIsLostTests(BrowserSite site)
{
    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    private static ILocator Title(IPage page) => page.GetByLabel("Title", new PageGetByLabelOptions { Exact = true });

    private static async Task SignInAsync(IPage page)
    {
        await page.GetByLabel("User name or e-mail").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(BrowserSite.AdministratorPassword);
        await Button(page, "Sign in").ClickAsync();
    }

    private async Task<IPage> SignedInAsync(ColorScheme scheme = ColorScheme.Light)
    {
        var page = await site.NewPageAsync(scheme: scheme);
        await page.GotoAsync("/Admin");
        await SignInAsync(page);
        await page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Content", Exact = true }).WaitForAsync();
        return page;
    }

    /// <summary>A new post; where it is edited.</summary>
    private static async Task<string> NewPostAsync(IPage page, string title)
    {
        await page.GotoAsync("/Admin/Contents/ContentTypes/NewsPost/Create");
        await Title(page).FillAsync(title);
        await page.GetByLabel("Summary").FillAsync("In short.");
        await page.GetByLabel("Date").FillAsync("2026-01-05");
        await Button(page, "Publish").ClickAsync();
        await page.GetByText("Published.").WaitForAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    [Theory]
    [InlineData("a:text-is('Content')")]
    [InlineData(".languages a[lang=sq]")]
    [InlineData("form[action='/Users/LogOff'] button:first-of-type")]
    public async Task The_browser_asks_before_it_leaves_what_was_typed(string leads)
    {
        var page = await SignedInAsync();
        var edit = await NewPostAsync(page, "Before leaving");
        await page.GotoAsync(edit);
        await Title(page).FillAsync("Typed and not saved");
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };
        await page.Locator(leads).First.ClickAsync();
        (await asked.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe("beforeunload");
        new Uri(page.Url).AbsolutePath.ShouldBe(edit);
        (await Title(page).InputValueAsync()).ShouldBe("Typed and not saved");

        // Its own buttons save it, and nobody is asked.
        await Button(page, "Save draft").ClickAsync();
        await page.GetByText("Draft saved").First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Two_people_save_one_draft_and_find_all_texts_in_the_history()
    {
        var (a, b) = (await SignedInAsync(), await SignedInAsync(ColorScheme.Dark));
        var edit = await NewPostAsync(a, "Before both");
        await b.GotoAsync(edit);
        await Title(a).FillAsync("A was here");
        await Button(a, "Save draft").Last.ClickAsync();
        await a.GetByText("Draft saved.").WaitForAsync();
        await Title(b).FillAsync("B was here");
        await Button(b, "Save draft").Last.ClickAsync();
        await b.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Somebody else changed this item while you were writing" }).WaitForAsync();
        await Accessibility.CheckAsync(b);
        await Button(b, "Save draft").Last.ClickAsync();
        await b.GetByText("Draft saved.").WaitForAsync();
        await b.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "History" }).ClickAsync();
        foreach (var title in new[] { "Before both", "A was here", "B was here" })
            (await b.GetByRole(AriaRole.Cell, new PageGetByRoleOptions { Name = title, Exact = true }).CountAsync()).ShouldBeGreaterThan(0, title);
        await b.GetByRole(AriaRole.Row, new PageGetByRoleOptions { Name = "A was here" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await b.GetByRole(AriaRole.Columnheader, new PageGetByRoleOptions { Name = "Then", Exact = true }).WaitForAsync();
        await Accessibility.CheckAsync(b);
        await Button(b, "Restore as draft").First.ClickAsync();
        await b.GetByText("This version is the draft now.").WaitForAsync();
        (await Title(b).InputValueAsync()).ShouldBe("A was here");
    }

    [Fact]
    public async Task Whoever_is_signed_out_while_typing_goes_on_where_they_were()
    {
        var page = await SignedInAsync();
        await NewPostAsync(page, "Before the night");
        await Title(page).FillAsync("Typed into the night");
        await page.Context.ClearCookiesAsync();
        await Button(page, "Publish").ClickAsync();
        await page.GetByText("What you typed is kept").WaitForAsync();
        await Accessibility.CheckAsync(page);
        await SignInAsync(page);
        await page.GetByText("What you had typed is in the form again").WaitForAsync();
        (await Title(page).InputValueAsync()).ShouldBe("Typed into the night");
        await Accessibility.CheckAsync(page);
        await Button(page, "Publish").ClickAsync();
        await page.GetByText("Published.").WaitForAsync();
        (await Title(page).InputValueAsync()).ShouldBe("Typed into the night");
    }

    [Theory]
    [InlineData("Preview")]
    [InlineData("Unpublish")]
    [InlineData("Make a copy")]
    [InlineData("shqip")]
    public async Task A_button_that_leads_away_takes_along_what_was_typed(string button)
    {
        var page = await SignedInAsync();
        var edit = await NewPostAsync(page, "Before " + button);
        for (var round = 0; round < 2; round++)
        {
            await page.GotoAsync(edit);
            if (await Button(page, button).CountAsync() == 0) return;
            await Title(page).FillAsync($"Typed before {button} {round}");
            await Button(page, button).ClickAsync();
            await page.WaitForURLAsync(url => !url.EndsWith(edit, StringComparison.Ordinal));
            await page.GotoAsync(edit);
            (await Title(page).InputValueAsync()).ShouldBe($"Typed before {button} {round}");
        }
    }

    [Fact]
    public async Task The_way_back_from_a_preview_leads_to_a_form_that_can_be_saved()
    {
        var page = await SignedInAsync();
        await NewPostAsync(page, "Before looking");
        await Title(page).FillAsync("Looked at");
        await Button(page, "Preview").ClickAsync();
        await page.WaitForURLAsync("**/Preview/*");
        await page.GoBackAsync();
        await Title(page).FillAsync("Looked at and changed");
        await Button(page, "Save draft").Last.ClickAsync();
        await page.GetByText("Draft saved.").WaitForAsync();
        (await Title(page).InputValueAsync()).ShouldBe("Looked at and changed");
    }
}
