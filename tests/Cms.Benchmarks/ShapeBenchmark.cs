using System.Diagnostics;
using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;

namespace Cms.Benchmarks;

/// <summary>
/// The display of a page with thirty items in the site's own templates, nothing of it kept: CPU time of the process, in which
/// nothing else runs. <c>dotnet run -c Release --project tests/Cms.Benchmarks -- shapes</c>
/// </summary>
internal static class ShapeBenchmark
{
    private const int Shapes = 30;
    private const int Rounds = 20;
    private const int PagesInRound = 100;

    public static async Task<int> RunAsync()
    {
        await using var site = await SampleSite.CreateAsync(Shapes * 4, null);
        IReadOnlyList<ContentItem> items;
        await using (var scope = site.Services.CreateAsyncScope())
            items = await scope.ServiceProvider.GetRequiredService<IContentStore>().QueryAsync(new ContentQuery { Take = Shapes }, CancellationToken.None);
        foreach (var displayType in new[] { "Summary", Shape.Detail })
        {
            var rounds = new List<double>();
            for (var round = 0; round < Rounds; round++) rounds.Add(await MeasureAsync(site.Services, items, displayType));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{items.Count} shapes, {displayType} | {rounds.Order().ElementAt(Rounds / 2):0.000} ms of CPU"));
        }

        return 0;
    }

    private static async Task<double> MeasureAsync(IServiceProvider services, IReadOnlyList<ContentItem> items, string displayType)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var page = 0; page < PagesInRound; page++)
        {
            await using var scope = services.CreateAsyncScope();
            var renderer = scope.ServiceProvider.GetRequiredService<ThemeRenderer>();
            var shapes = scope.ServiceProvider.GetRequiredService<ContentShapes>();
            var root = new Shape(ZoneShape.Type);
            root.Items.AddRange(items.Select(item => shapes.Build(item, displayType)));
            _ = await renderer.RenderAsync(root, renderer.Scope(new Page(), CancellationToken.None));
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / PagesInRound;
    }
}
