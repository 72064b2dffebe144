using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Cms.BrowserTests;

/// <summary>What the site acknowledged is there after kill -9 in the middle of saves.</summary>
public sealed class PowerCutTests(PowerCutSite cut) : IClassFixture<PowerCutSite>
{
    [Fact]
    public async Task No_acknowledged_save_is_lost_when_the_site_is_killed_during_a_burst_of_saves()
    {
        var site = cut.Site;
        var page = await site.NewPageAsync();
        await page.GotoAsync("/Login");
        await page.GetByLabel("User name or e-mail").FillAsync("admin");
        await page.GetByLabel("Password").FillAsync(BrowserSite.AdministratorPassword);
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await page.GotoAsync("/Admin/Contents/ContentTypes/Page/Create");
        var hidden = await page.EvaluateAsync<Dictionary<string, string>>(
            "Object.fromEntries([...document.querySelectorAll('form.editor input[type=hidden]')].map(i => [i.name, i.value]))");

        var acknowledged = new ConcurrentBag<string>();
        var writers = Enumerable.Range(0, 4).Select(writer => SaveUntilKilledAsync(page.APIRequest, site.Address, hidden, writer, acknowledged)).ToList();
        for (var waited = 0; acknowledged.Count < 25 && waited < 200; waited++) await Task.Delay(50, TestContext.Current.CancellationToken);
        await site.KillAndRestartAsync();
        await Task.WhenAll(writers);

        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(25);
        var stored = await StoredTitlesAsync(page, site.Address);
        acknowledged.Except(stored).ShouldBeEmpty();
    }

    private static async Task SaveUntilKilledAsync(
        IAPIRequestContext client, string address, Dictionary<string, string> hidden, int writer, ConcurrentBag<string> acknowledged)
    {
        for (var number = 0; number < 500; number++)
        {
            var title = $"Cut {writer}-{number}";
            var form = client.CreateFormData();
            foreach (var (name, value) in hidden) form.Set(name, value);
            form.Set("TitlePart.Title", title);
            form.Set("command", "draft");
            try
            {
                var response = await client.PostAsync($"{address}/Admin/Contents/ContentTypes/Page/Create", new APIRequestContextOptions { Form = form, MaxRedirects = 0 });
                if (response.Status == 302) acknowledged.Add(title);
            }
            catch (PlaywrightException)
            {
                return;
            }
        }
    }

    private static async Task<HashSet<string>> StoredTitlesAsync(IPage page, string address)
    {
        var titles = new HashSet<string>();
        for (var number = 1; number <= 200; number++)
        {
            await page.GotoAsync($"{address}/Admin/Contents/ContentItems?type=Page&q=Cut&page={number}");
            var found = await page.Locator("tbody th a").AllTextContentsAsync();
            titles.UnionWith(found);
            if (found.Count < 20) break;
        }

        return titles;
    }
}

/// <summary>A site of the test's own, because it gets killed.</summary>
public sealed class PowerCutSite : IAsyncLifetime
{
    public BrowserSite Site { get; } = new();

    public ValueTask InitializeAsync() => Site.InitializeAsync();

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
