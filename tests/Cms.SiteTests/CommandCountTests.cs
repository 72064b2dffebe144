using System.Text;
using System.Text.Json.Nodes;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>What a query costs the database depends on its shape, not on how many rows it finds.</summary>
public sealed class CommandCountTests(CommandCountTests.CountedSite site) : IClassFixture<CommandCountTests.CountedSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_sends_as_many_commands_for_a_thousand_rows_as_for_ten()
    {
        var queries = GoldenQueries().Concat(OwnQueries).ToList();

        // What a site looks up once is looked up by now.
        await CountsAsync(queries.Take(1));
        var few = await CountsAsync(queries);
        await site.AddItemsAsync(Cancel);
        var many = await CountsAsync(queries);
        TestContext.Current.TestOutputHelper?.WriteLine("commands with 10 rows | with 1,000 | characters answered | with 1,000 | query");
        for (var i = 0; i < queries.Count; i++) TestContext.Current.TestOutputHelper?.WriteLine($"{few[i].Commands} | {many[i].Commands} | {few[i].Bytes} | {many[i].Bytes} | {queries[i].ReplaceLineEndings(" ")}");
        for (var i = 0; i < queries.Count; i++) many[i].Commands.ShouldBeLessThanOrEqualTo(few[i].Commands, queries[i]);

        // The lists did grow, so that a command for each row would have shown.
        many.Sum(count => count.Bytes).ShouldBeGreaterThan(few.Sum(count => count.Bytes) * 5);
        few.Max(count => count.Commands).ShouldBeLessThan(10);

        // And what is counted is counted: whatever asks for items asks the database.
        for (var i = 0; i < queries.Count; i++) few[i].Commands.ShouldBeGreaterThanOrEqualTo(NeedsNoDatabase.Any(queries[i].Contains) ? 0 : 1, queries[i]);
    }

    /// <summary>What asks the database for nothing, and SQL of the site's own, which is one statement on a connection that nobody counts.</summary>
    private static readonly string[] NeedsNoDatabase = ["__type", "siteCultures", "mediaAssets", "me {", "toolRows"];

    /// <summary>References of every kind, lists in lists, and the same under aliases.</summary>
    private static readonly string[] OwnQueries =
    [
        "{ journal(first: 1000) { displayText list { contentItems(first: 5) { displayText ... on Entry { journal { listContentItem { displayText } } } } } } }",
        "{ tool(first: 1000) { related { contentItems { displayText ... on Tool { related { contentItems { displayText } } } } } category { termContentItems { displayText } taxonomyContentItem { displayText } } } }",
        "{ a: guide(first: 1000) { localization { localizations { displayText } } } b: guide(first: 1000) { localization { localizations(culture: \"sr\") { displayText } } } }",
        "{ siteLayers { name widgets { widget { displayText } } } }",
    ];

    private static IEnumerable<string> GoldenQueries() => GoldenGraphQLTests.Cases
        .Where(golden => golden!["response"]!["status"]!.GetValue<int>() == 200 && golden["request"]!["body"]?.ToString() is ['{', '"', ..])
        .Select(golden => JsonNode.Parse(golden!["request"]!["body"]!.ToString())!.AsObject())
        .Where(body => body.Count == 1).Select(body => body["query"]!.ToString())

        // Drafts, which visitors are not shown here.
        .Where(query => !query.Contains("status:LATEST", StringComparison.Ordinal));

    private async Task<List<(int Commands, int Bytes)>> CountsAsync(IEnumerable<string> queries)
    {
        using var client = site.CreateClient();
        client.DefaultRequestHeaders.Add(CountedSite.Marker, "yes");
        var counts = new List<(int, int)>();
        foreach (var query in queries)
        {
            site.Services.GetRequiredService<KnownItems>().Clear();
            var before = site.Counter.Commands;
            using var body = new StringContent(new JsonObject { ["query"] = query }.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("/api/graphql", UriKind.Relative), body, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, query + text);
            counts.Add((site.Counter.Commands - before, text.Length));
        }

        return counts;
    }

    public sealed class CountedSite : GoldenSite
    {
        private const int Copies = 1000;

        private static readonly string[] CopiedTypes = ["Tool", "Guide", "Journal", "Entry", "Landing", "Branch"];

        /// <summary>The header by which this site's requests are known; other sites of the process read too.</summary>
        public const string Marker = "X-Counted";

        internal CommandCounter Counter { get; } = new() { Counts = request => request.Request.Headers.ContainsKey(Marker) };

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Cms:OutputCache", "false");

            // What is counted here would be too much for a visitor.
            builder.UseSetting("OrchardCore:OrchardCore_Apis_GraphQL:MaxComplexity", "0");
            builder.ConfigureServices(services => services.ConfigureDbContext<SqliteCmsDbContext>(options => options.AddInterceptors(Counter)));
        }

        /// <summary>Copies of the recipe's items under other ids, entries in the copied journals.</summary>
        public async Task AddItemsAsync(CancellationToken cancellationToken)
        {
            var originals = Step("content")["data"]!.AsArray().Select(item => item!.AsObject())
                .Where(item => CopiedTypes.Contains(item["ContentType"]!.ToString()) && item["Published"]?.GetValue<bool>() == true).ToList();
            var copies = new JsonArray([.. Enumerable.Range(0, Copies).Select(number => Copy(originals[number % originals.Count], number / originals.Count))]);
            await using var scope = NewScope();
            await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject { ["name"] = "content", ["data"] = copies }, cancellationToken);
        }

        private static JsonObject Copy(JsonObject original, int number)
        {
            var copy = original.DeepClone().AsObject();
            var id = $"{original["ContentItemId"]}-{number}";
            copy["ContentItemId"] = id;
            copy["ContentItemVersionId"] = $"{id}-v";
            copy["Latest"] = true;
            copy.Remove("AutoroutePart");
            copy.Remove("AliasPart");
            copy.Remove("Steps");
            if (copy["ContainedPart"] is JsonObject contained) contained["ListContentItemId"] = $"{contained["ListContentItemId"]}-{number}";
            if (copy["LocalizationPart"] is JsonObject localization) localization["LocalizationSet"] = $"{localization["LocalizationSet"]}-{number}";
            return copy;
        }
    }
}
