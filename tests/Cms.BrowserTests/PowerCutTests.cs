using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Cms.BrowserTests;

/// <summary>After kill -9 at random moments during saves, what the site acknowledged is there, and the database contradicts itself nowhere.</summary>
public sealed class PowerCutTests(PowerCutSite cut, ITestOutputHelper output) : IClassFixture<PowerCutSite>
{
    private const int Kills = 6;

    [Fact]
    public async Task Nothing_is_lost_or_inconsistent_however_often_the_site_is_killed_during_saves()
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
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = acknowledged.Count;
            var writers = Enumerable.Range(0, 4).Select(writer => SaveUntilKilledAsync(page.APIRequest, site.Address, hidden, $"{kill}-{writer}", acknowledged)).ToList();

            // Until enough was saved, or every writer ended before its time.
            while (acknowledged.Count < before + 10 && !writers.All(writer => writer.IsCompleted)) await Task.Delay(50, TestContext.Current.CancellationToken);

            // Somewhere within a save, or between two.
            await Task.Delay(Random.Shared.Next(60), TestContext.Current.CancellationToken);
            await site.KillAndRestartAsync();
            await Task.WhenAll(writers);
            acknowledged.Count.ShouldBeGreaterThanOrEqualTo(before + 10);
            SiteInvariants.Check(site.DatabaseFile);
        }

        acknowledged.Except(await StoredTitlesAsync(page, site.Address)).ShouldBeEmpty();
        await IsFoundAsync(page.APIRequest, site.Address, SiteInvariants.PublishedTitles(site.DatabaseFile, "Page"));
        output.WriteLine($"{acknowledged.Count} acknowledged saves and {SiteInvariants.Count} invariants after each of {Kills} kills");
    }

    private static async Task SaveUntilKilledAsync(
        IAPIRequestContext client, string address, Dictionary<string, string> hidden, string writer, ConcurrentBag<string> acknowledged)
    {
        for (var number = 0; number < 500; number++)
        {
            var title = $"Cut {writer}-{number}";
            var form = client.CreateFormData();
            foreach (var (name, value) in hidden) form.Set(name, value);
            form.Set("TitlePart.Title", title);
            form.Set("Page.Summary.Text", "Short.");
            form.Set("command", number % 2 == 0 ? "draft" : "publish");
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

    /// <summary>Every published page, acknowledged or not, gets into the index, however the indexing was cut off.</summary>
    private static async Task IsFoundAsync(IAPIRequestContext client, string address, IReadOnlyCollection<string> titles)
    {
        titles.ShouldNotBeEmpty();
        while (titles.Except(await FoundTitlesAsync(client, address)).Any()) await Task.Delay(100, TestContext.Current.CancellationToken);
    }

    private static async Task<HashSet<string>> FoundTitlesAsync(IAPIRequestContext client, string address)
    {
        const string Title = "Content.ContentItem.DisplayText.keyword";
        var titles = new HashSet<string>();
        for (var from = 0; ; from += 100)
        {
            var query = $$"""{ "query": { "term": { "Content.ContentItem.ContentType": "Page" } }, "sort": "ContentItemId", "from": {{from}}, "size": 100 }""";
            var answer = await client.GetAsync($"{address}/api/lucene/documents?indexName=Site&query={Uri.EscapeDataString(query)}");
            var found = JsonNode.Parse(await answer.TextAsync())!["items"]!.AsArray();
            titles.UnionWith(found.Select(document => document![Title]!.ToString()));
            if (found.Count < 100) return titles;
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
