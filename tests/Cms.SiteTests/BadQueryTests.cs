using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Platform.Storage.Sqlite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.SiteTests;

/// <summary>Queries made to harm: each gets its own answer, costs the database nothing, and disturbs nobody.</summary>
public sealed class BadQueryTests(BadQueryTests.WatchedSite site) : IClassFixture<BadQueryTests.WatchedSite>
{
    private const string Many = "TOO_MANY_FIELDS";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, (Func<HttpContent> Body, HttpStatusCode Status, string Code)> Bombs = new()
    {
        ["braces in braces"] = Query(Repeat("{a", 50_000), "TOO_MANY_TOKENS"),
        ["deep selections"] = Query($"{{ guide {{ {Repeat("localization { localizations {", 120)} contentItemId {Repeat("} }", 120)} }} }}", "TOO_DEEP"),
        ["a flood of aliases"] = Query($"{{ {Numbered(1_500, i => $"a{i}: me {{ userName }} ")} }}", Many),
        ["a few hundred aliases"] = Query($"{{ {Numbered(300, i => $"a{i}: me {{ userName }} ")} }}", "TOO_MANY_ALIASES"),
        ["the same field over and over"] = Query($"{{ tool {{ {Repeat("displayText ", 15_000)} }} }}", Many),
        ["a fragment in itself"] = Query("{ tool { ...A } } fragment A on Tool { ...B } fragment B on Tool { ...A }", "NO_FRAGMENT_CYCLES"),
        ["fragments that double thirty times"] = Query(
            $"{{ tool {{ ...F0 }} }} {Numbered(30, i => $"fragment F{i} on Tool {{ ...F{i + 1} ...F{i + 1} }} ")} fragment F30 on Tool {{ displayText }}", Many),
        ["a long chain of fragments"] = Query(
            $"{{ tool {{ ...F0 }} }} {Numbered(1_500, i => $"fragment F{i} on Tool {{ ...F{i + 1} }} ")} fragment F1500 on Tool {{ displayText }}", "TOO_DEEP"),
        ["a thousand operations"] = Query(Numbered(1_500, i => $"query Q{i} {{ me {{ userName }} }} "), Many),
        ["directives without end"] = Query($"{{ me {{ userName {Repeat("@skip(if: false) ", 5_000)} }} }}", "TOO_MANY_TOKENS"),
        ["introspection in circles"] = Query("{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }", "COMPLEXITY"),
        ["lists of lists"] = Query("{ journal(first: 1000) { list { contentItems(first: 1000) { displayText } } } }", "COMPLEXITY"),
        ["a huge list in the query"] = Query($"{{ tool(where: {{contentItemId_in: [{Repeat("\"a\",", 40_000)}]}}) {{ displayText }} }}", "TOO_MANY_TOKENS"),
        ["a huge list as a variable"] = Json(
            """{"query":"query Q($ids: [ID]) { tool(where: {contentItemId_in: $ids}) { displayText } }","variables":{"ids":[""" + Repeat("\"a\",", 40_000) + "\"a\"]}}", "FILTER_TOO_LARGE"),
        ["conditions in conditions"] = Query($"{{ tool(where: {Repeat("{NOT:", 60)} {{displayText: \"a\"}} {Repeat("}", 60)}) {{ displayText }} }}", "TOO_DEEP"),
        ["variables in variables"] = Json("""{"query":"{ me { userName } }","variables":{"a":""" + Repeat("[", 5_000) + Repeat("]", 5_000) + "}}", "JSON"),
        ["ten megabytes"] = (() => new StringContent(new string(' ', 10_000_000), Encoding.UTF8, "application/json"), HttpStatusCode.RequestEntityTooLarge, "REQUEST_TOO_LARGE"),
        ["ten megabytes of unknown length"] = (() => new EndlessContent(10_000_000), HttpStatusCode.RequestEntityTooLarge, "REQUEST_TOO_LARGE"),
        ["half a request"] = Json("""{"query":"{ tool""", "JSON"),
        ["a query that is a number"] = Json("""{"query":7}""", "JSON"),
        ["nothing"] = Json("{}", "QUERY_MISSING"),
        ["a variable of another type"] = Json("""{"query":"query Q($n: Int!) { tool(first: $n) { path } }","variables":{"n":{"a":[]}}}""", "INVALID_VALUE"),
        ["bytes that are no text"] = (() => Typed(new ByteArrayContent([0x7B, 0x22, 0xFF, 0xFE, 0xC3]), "application/json"), HttpStatusCode.BadRequest, "JSON"),
    };

    public static TheoryData<string> Names => [.. Bombs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_query_gets_its_own_error_without_a_look_into_the_database(string name)
    {
        var (body, status, code) = Bombs[name];
        using var client = site.CreateClient();

        // What a site looks up once is looked up by now.
        (await client.GetAsync(new Uri("/api/graphql?query={__typename}", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var commands = site.Counter.Commands;
        var (answered, error) = await SendAsync(client, body());
        error["code"]!.ToString().ShouldBe(code, error.ToJsonString());
        answered.ShouldBe(status);
        site.Counter.Commands.ShouldBe(commands);

        // A query that does look there is counted.
        using var good = new HttpRequestMessage(HttpMethod.Get, $"/api/graphql?query={{tool(first:{Random.Shared.Next(1, 900)}){{path}}}}");
        good.Headers.Add(WatchedSite.Marker, "good");
        (await client.SendAsync(good, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        site.Counter.Commands.ShouldBeGreaterThan(commands);
    }

    [Fact]
    public async Task Others_get_their_right_answers_all_the_while()
    {
        using var client = site.CreateClient();
        await NormalReader.WhileAsync(
            () => Parallel.ForEachAsync(Bombs.Values, Cancel, async (bomb, _) =>
            {
                using var attacker = site.CreateClient();
                (await SendAsync(attacker, bomb.Body())).Status.ShouldBe(bomb.Status);
            }),
            async () =>
            {
                using var body = Typed(new StringContent("{ tool(where: {contentItemId: \"tool-saw\"}) { displayText brand path } }"), "application/graphql");
                using var answer = await client.PostAsync(new Uri("/api/graphql", UriKind.Relative), body, Cancel);
                (await answer.Content.ReadAsStringAsync(Cancel)).ShouldBe("""{"data":{"tool":[{"displayText":"Rip Saw","brand":"Ostrik","path":"tools/rip-saw"}]}}""");
            });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_query_is_one_line_in_the_log(string name)
    {
        var (body, _, _) = Bombs[name];
        using var client = site.CreateClient();
        var marker = Guid.NewGuid().ToString();
        await SendAsync(client, body(), marker);
        var lines = site.Log.Of(marker);
        lines.Count.ShouldBe(1, string.Join('\n', lines.Select(line => line.Text)));
        lines[0].Level.ShouldBe(LogLevel.Information);
        lines[0].Exception.ShouldBeNull();
        lines[0].Text.Length.ShouldBeLessThan(200);
    }

    private static async Task<(HttpStatusCode Status, JsonObject Error)> SendAsync(HttpClient client, HttpContent content, string marker = "bomb")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/graphql", UriKind.Relative)) { Content = content };
        request.Headers.Add(WatchedSite.Marker, marker);
        using var answer = await client.SendAsync(request, Cancel);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        (body["data"]?["tool"]).ShouldBeNull();
        return (answer.StatusCode, body["errors"]![0]!["extensions"]!.AsObject());
    }

    private static (Func<HttpContent>, HttpStatusCode, string) Query(string query, string code) => Json(new JsonObject { ["query"] = query }.ToJsonString(), code);

    private static (Func<HttpContent>, HttpStatusCode, string) Json(string body, string code) =>
        (() => new StringContent(body, Encoding.UTF8, "application/json"), HttpStatusCode.BadRequest, code);

    private static HttpContent Typed(HttpContent content, string type)
    {
        content.Headers.ContentType = new(type);
        return content;
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Numbered(int count, Func<int, string> text) => string.Concat(Enumerable.Range(0, count).Select(text));

    /// <summary>A body that does not say beforehand how long it is.</summary>
    private sealed class EndlessContent : HttpContent
    {
        private readonly int _length;

        public EndlessContent(int length)
        {
            _length = length;
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var block = Encoding.UTF8.GetBytes(new string(' ', 10_000));
            for (var sent = 0; sent < _length; sent += block.Length) await stream.WriteAsync(block, Cancel);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    public sealed class WatchedSite : GoldenSite
    {
        /// <summary>The header by which a request is told from others.</summary>
        public const string Marker = "X-Marker";

        internal CommandCounter Counter { get; } = new() { Counts = request => request.Request.Headers.ContainsKey(Marker) };

        internal CapturedLog Log { get; } = new();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Cms:OutputCache", "false");
            builder.UseSetting("Logging:LogLevel:Cms.Platform.GraphQL", "Information");
            builder.ConfigureServices(services => services.ConfigureDbContext<SqliteCmsDbContext>(options => options.AddInterceptors(Counter)));
            builder.ConfigureLogging(logging => logging.AddProvider(Log));
        }
    }

    internal sealed record LogLine(LogLevel Level, string Text, Exception? Exception);

    /// <summary>What was logged during marked requests.</summary>
    internal sealed class CapturedLog : ILoggerProvider, ILogger
    {
        private readonly Microsoft.AspNetCore.Http.HttpContextAccessor _http = new();
        private readonly ConcurrentQueue<(string Marker, LogLine Line)> _lines = [];

        public List<LogLine> Of(string marker) => [.. _lines.Where(entry => entry.Marker == marker).Select(entry => entry.Line)];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (_http.HttpContext?.Request.Headers[WatchedSite.Marker].ToString() is { Length: > 0 } marker)
                _lines.Enqueue((marker, new LogLine(logLevel, formatter(state, exception), exception)));
        }

        public void Dispose() { }
    }
}
