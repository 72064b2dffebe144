using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Cms.BrowserTests;

/// <summary>axe with the rules of WCAG 2.2 AA. It runs within the page: our pages have no frames, for which axe would open a page of its own each time.</summary>
internal static class Accessibility
{
    private const string Run = """
        async tags => (await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })).violations
            .map(violation => `${violation.id}: ${violation.nodes.map(node => node.html).join(' | ')}`)
        """;

    private static readonly string[] Tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public static async Task CheckAsync(IPage page)
    {
        if (await page.EvaluateAsync<bool>("typeof axe === 'undefined'")) await page.EvaluateAsync(Axe);
        (await page.Locator("iframe, frame").CountAsync()).ShouldBe(0, page.Url);
        (await page.EvaluateAsync<string[]>(Run, Tags)).ShouldBeEmpty(page.Url);
    }
}
