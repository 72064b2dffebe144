using System.Diagnostics;
using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Benchmarks;

/// <summary>
/// A page of twenty out of 1,000 and out of 100,000 items of five types, measured in turns: on SQLite, and on PostgreSQL where
/// <c>CMS_TEST_POSTGRES</c> names a server. <c>dotnet run -c Release --project tests/Cms.Benchmarks -- queries</c>
/// </summary>
internal static class QueryBenchmark
{
    private const int Rounds = 150;

    private static readonly IndexedField Place = new("Sample0.Place", MemberType.Text);
    private static readonly IndexedField Rare = new("Sample0.Rare", MemberType.Text);
    private static readonly IndexedField Number = new("Sample0.Number", MemberType.Number);
    private static readonly IndexedField Serial = new("Sample0.Serial", MemberType.Number);
    private static readonly IndexedField Start = new("Sample0.Start", MemberType.DateTime);
    private static readonly IndexedField Day = new("Sample0.Day", MemberType.Date);
    private static readonly IndexedField Rank = new("Shared.Rank", MemberType.Number);
    private static readonly EnvelopeField Modified = EnvelopeField.All.Single(field => field.Name == "ModifiedUtc");
    private static readonly EnvelopeField Display = EnvelopeField.All.Single(field => field.Name == "DisplayText");

    private static readonly ContentFilter OneInTwo = new Compare(Number, Comparison.GreaterOrEqual, 50m);

    private static readonly (string Name, ContentQuery Query)[] Queries =
    [
        ("one in two, by date, newest first", Page(OneInTwo, new ContentOrder(Start, Descending: true))),
        ("one in seven, by date, oldest first", Page(new Compare(Place, Comparison.In, "Place 3"), new ContentOrder(Start))),
        ("two conditions, by text", Page(new AllOf([new Compare(Number, Comparison.LessThan, 80m), new Not(new Compare(Place, Comparison.In, "Place 1"))]), new ContentOrder(Place))),
        ("no filter, by number", Page(null, new ContentOrder(Number))),
        ("one in two, newest item first", Page(OneInTwo)),
        ("from a date on, by date", Page(new Compare(Start, Comparison.GreaterOrEqual, new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc)), new ContentOrder(Start))),
        ("twenty in all by text, by date", Page(new Compare(Rare, Comparison.In, "rare"), new ContentOrder(Start))),
        ("twenty in all by number, by text", Page(new Compare(Serial, Comparison.LessThan, SampleSite.RareSerial), new ContentOrder(Place))),
        ("twenty in all, newest item first", Page(new Compare(Rare, Comparison.In, "rare"))),
        ("drafts, one in two, by date", Page(OneInTwo, new ContentOrder(Start)) with { Status = ContentStatus.Draft }),
        ("drafts, changed last first", Page(null, new ContentOrder(Modified, Descending: true)) with { Status = ContentStatus.Draft }),
        ("latest, one in two, by display text", Page(OneInTwo, new ContentOrder(Display)) with { Status = ContentStatus.Latest }),
        ("two keys, day and text, one in two", Page(OneInTwo, new ContentOrder(Day), new ContentOrder(Place))),
        ("three types, by a shared number", Page(null, new ContentOrder(Rank)) with { ContentTypes = ["Sample0", "Sample1", "Sample2"] }),
        ("three types, newest item first", Page(null) with { ContentTypes = ["Sample0", "Sample1", "Sample2"] }),
        ("twenty in all by either of two texts, by date", Page(new AnyOf([new Compare(Rare, Comparison.In, "rare"), new Compare(Place, Comparison.In, "nowhere")]), new ContentOrder(Start))),
        ("one in seven by a part of a text, by date", Page(new Compare(Place, Comparison.Contains, "ace 3"), new ContentOrder(Start))),
        ("twenty in all by a part of a text, by date", Page(new Compare(Rare, Comparison.Contains, "are"), new ContentOrder(Start))),
        ("twenty in all by the beginning of a text, by number", Page(new Compare(Rare, Comparison.StartsWith, "rar"), new ContentOrder(Number))),
        ("twenty in all by a part of the display text", Page(new Compare(Display, Comparison.StartsWith, "rarity"), new ContentOrder(Start))),
        ("all types, changed last first", new ContentQuery { Status = ContentStatus.Latest, Order = [new ContentOrder(Modified, Descending: true)], Take = 20 }),
    ];

    public static async Task<int> RunAsync()
    {
        await CompareAsync("SQLite", null);
        if (Environment.GetEnvironmentVariable("CMS_TEST_POSTGRES") is { Length: > 0 } server) await CompareAsync("PostgreSQL", server);
        return 0;
    }

    private static async Task CompareAsync(string provider, string? server)
    {
        await using var small = await SampleSite.CreateAsync(1_000, server);
        await using var large = await SampleSite.CreateAsync(100_000, server);
        Console.WriteLine($"{provider} | 1,000 items | 100,000 items | ratio");
        foreach (var (name, query) in Queries) await CompareAsync(name, query, small.Services, large.Services);
    }

    private static ContentQuery Page(ContentFilter? filter, params ContentOrder[] order) => new() { ContentTypes = ["Sample0"], Filter = filter, Order = [.. order], Take = 20 };

    private static async Task CompareAsync(string name, ContentQuery query, IServiceProvider small, IServiceProvider large)
    {
        List<double> few = [], many = [];
        for (var round = 0; round < Rounds; round++)
        {
            few.Add(await MeasureAsync(small, query));
            many.Add(await MeasureAsync(large, query));
        }

        var (fast, slow) = (Median(few), Median(many));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} | {fast:0.000} ms | {slow:0.000} ms | {slow / fast:0.00}"));
    }

    private static double Median(List<double> values) => values.Skip(values.Count / 3).Order().ElementAt(values.Count / 3);

    private static async Task<double> MeasureAsync(IServiceProvider site, ContentQuery query)
    {
        await using var scope = site.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        var started = Stopwatch.GetTimestamp();
        var found = await store.QueryAsync(query, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return found.Count == 20 ? elapsed : throw new InvalidOperationException($"{found.Count} items instead of 20.");
    }
}
