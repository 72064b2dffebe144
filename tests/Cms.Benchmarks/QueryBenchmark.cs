using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Cms.Platform.Hosting;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Benchmarks;

/// <summary>
/// A filtered, ordered page of twenty out of 1,000 and out of 100,000 items of five types, measured in turns.
/// <c>dotnet run -c Release --project tests/Cms.Benchmarks -- queries</c>
/// </summary>
internal static class QueryBenchmark
{
    private const int Rounds = 150;
    private const int Types = 5;

    private static readonly IndexedField Place = new("Sample0.Place", MemberType.Text);
    private static readonly IndexedField Number = new("Sample0.Number", MemberType.Number);
    private static readonly IndexedField Start = new("Sample0.Start", MemberType.DateTime);

    private static readonly (string Name, ContentQuery Query)[] Queries =
    [
        ("one in two, by date, newest first", Page(new Compare(Number, Comparison.GreaterOrEqual, 50m), new ContentOrder(Start, Descending: true))),
        ("one in ten, by date, oldest first", Page(new Compare(Place, Comparison.In, "Place 3"), new ContentOrder(Start))),
        ("two conditions, by text", Page(new AllOf([new Compare(Number, Comparison.LessThan, 80m), new Not(new Compare(Place, Comparison.In, "Place 1"))]), new ContentOrder(Place))),
        ("no filter, by number", Page(null, new ContentOrder(Number))),
        ("one in two, newest item first", new ContentQuery { ContentTypes = ["Sample0"], Filter = new Compare(Number, Comparison.GreaterOrEqual, 50m), Take = 20 }),
    ];

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("queries").FullName;
        try
        {
            await using var small = await SiteAsync(Path.Combine(folder, "small"), 1_000);
            await using var large = await SiteAsync(Path.Combine(folder, "large"), 100_000);
            Console.WriteLine("query | 1,000 items | 100,000 items | ratio");
            foreach (var (name, query) in Queries) await CompareAsync(name, query, small, large);
            return 0;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ContentQuery Page(ContentFilter? filter, ContentOrder order) => new() { ContentTypes = ["Sample0"], Filter = filter, Order = [order], Take = 20 };

    private static async Task CompareAsync(string name, ContentQuery query, WebApplication small, WebApplication large)
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

    private static async Task<double> MeasureAsync(WebApplication site, ContentQuery query)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        var started = Stopwatch.GetTimestamp();
        var found = await store.QueryAsync(query, CancellationToken.None);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return found.Count == 20 ? elapsed : throw new InvalidOperationException($"{found.Count} items instead of 20.");
    }

    private static async Task<WebApplication> SiteAsync(string folder, int count)
    {
        var builder = WebApplication.CreateBuilder(["--Cms:DataFolder=" + folder, "--Logging:LogLevel:Default=Warning"]);
        builder.Services.AddCms(builder.Configuration, builder.Environment, Assembly.Load("Cms.Modules"));
        var site = builder.Build();
        await using var scope = site.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        await StorageServices.MigrateAsync(database, scope.ServiceProvider.GetRequiredService<StoragePaths>(), CancellationToken.None);
        await scope.ServiceProvider.GetRequiredService<SiteDocuments>().SaveDefinitionsAsync(ContentDefinitionJson.Merge(ContentDefinitions.Empty, Definitions()), CancellationToken.None);
        await using var transaction = await database.Database.BeginTransactionAsync();
        await database.Database.ExecuteSqlAsync(
            $$$$"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {{{{count - 1}}}})
            INSERT INTO "ContentVersions" ("ContentItemId", "ContentItemVersionId", "ContentType", "DisplayText", "Latest", "Published", "CreatedUtc", "ModifiedUtc", "PublishedUtc", "Content")
            SELECT printf('item%d', i), printf('version%d', i), printf('Sample%d', i % {{{{Types}}}}), printf('Item %d', i), 1, 1,
                datetime('2020-01-01', printf('+%d minutes', i)), datetime('2020-01-01', printf('+%d minutes', i)), datetime('2020-01-01', printf('+%d minutes', i)),
                printf('{"Sample%d":{"Place":{"Text":"Place %d"},"Number":{"Value":%d},"Start":{"Value":"%sZ"}}}', i % {{{{Types}}}}, (i / {{{{Types}}}}) % 10, (i * 7919) % 100,
                    strftime('%Y-%m-%dT%H:%M:%S', '2024-01-01', printf('+%d minutes', (i * 104729) % 1000003)))
            FROM n
            """);
        await database.Database.ExecuteSqlAsync($"""INSERT INTO "ContentHeads" ("ContentItemId", "Revision") SELECT "ContentItemId", 1 FROM "ContentVersions" """);
        await scope.ServiceProvider.GetRequiredService<Reindexing>().ExecuteAsync(null, CancellationToken.None);
        await transaction.CommitAsync();
        return site;
    }

    private static JsonObject Definitions() => new()
    {
        ["ContentTypes"] = new JsonArray([.. Enumerable.Range(0, Types).Select(type => JsonNode.Parse($$"""
            { "Name": "Sample{{type}}", "DisplayName": "Sample {{type}}", "ContentTypePartDefinitionRecords": [ { "PartName": "Sample{{type}}" } ] }
            """))]),
        ["ContentParts"] = new JsonArray([.. Enumerable.Range(0, Types).Select(type => JsonNode.Parse($$"""
            { "Name": "Sample{{type}}", "ContentPartFieldDefinitionRecords": [
              { "FieldName": "TextField", "Name": "Place" }, { "FieldName": "NumericField", "Name": "Number" }, { "FieldName": "DateTimeField", "Name": "Start" } ] }
            """))]),
    };
}
