using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Cms.SiteTests.Search;

/// <summary>Searches made to harm, and templates of stored queries: each has a bounded answer, and others get theirs meanwhile.</summary>
public sealed class SearchBombTests(SearchBombTests.WordySite site) : IClassFixture<SearchBombTests.WordySite>
{
    private const string Text = "Content.ContentItem.FullText";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, (string Query, HttpStatusCode Status)> Bombs = new()
    {
        ["an expression that backtracks"] = (Field("regexp", "(a+)+(a+)+(a+)+b"), HttpStatusCode.OK),
        ["an expression of many states"] = (Field("regexp", "(a|b)*a" + Repeat("(a|b)", 35)), HttpStatusCode.OK),
        ["repetitions of repetitions"] = (Field("regexp", "((x{1,900}){1,900}){1,900}"), HttpStatusCode.BadRequest),
        ["every word by an expression"] = (Field("regexp", ".*"), HttpStatusCode.BadRequest),
        ["every word by wildcards"] = (Field("wildcard", "w*"), HttpStatusCode.BadRequest),
        ["wildcards at the beginning"] = (Field("wildcard", "*a"), HttpStatusCode.BadRequest),
        ["many wildcards"] = (Field("wildcard", "w" + Repeat("*1", 90)), HttpStatusCode.OK),
        ["every word by its beginning"] = (Field("prefix", "w"), HttpStatusCode.OK),
        ["a word that is almost every word"] = (Json($$"""{ "fuzzy": { "{{Text}}": { "value": "w1000", "fuzziness": 2, "max_expansions": 200 } } }"""), HttpStatusCode.OK),
        ["a long word that is almost another"] = (Field("fuzzy", Repeat("w", 5000)), HttpStatusCode.BadRequest),
        ["a phrase that is almost there"] = (Json($$"""{ "match_phrase": { "{{Text}}": { "query": "{{Repeat("same ", 900)}}", "slop": 100 } } }"""), HttpStatusCode.BadRequest),
        ["twenty words that are almost there"] = (Json($$"""{ "match_phrase": { "{{Text}}": { "query": "{{Repeat("same ", 20)}}", "slop": 100 } } }"""), HttpStatusCode.OK),
        ["brackets in brackets"] = (Syntax("query_string", Repeat("(", 9000)), HttpStatusCode.BadRequest),
        ["brackets that close"] = (Syntax("query_string", Repeat("(", 4900) + "w1" + Repeat(")", 4900)), HttpStatusCode.BadRequest),
        ["brackets in brackets, simply"] = (Syntax("simple_query_string", Repeat("(", 4900) + "w1" + Repeat(")", 4900)), HttpStatusCode.BadRequest),
        ["negations in negations"] = (Syntax("simple_query_string", Repeat("-", 9000) + "w1"), HttpStatusCode.OK),
        ["many almost words"] = (Syntax("query_string", Repeat("w1~2 ", 1000)), HttpStatusCode.BadRequest),
        ["one long almost word"] = (Syntax("query_string", Repeat("w", 9000) + "~2"), HttpStatusCode.BadRequest),
        ["one long almost word, simply"] = (Syntax("simple_query_string", Repeat("w", 9000) + "~2"), HttpStatusCode.BadRequest),
        ["many beginnings"] = (Syntax("simple_query_string", Repeat("w* ", 900)), HttpStatusCode.BadRequest),
        ["an expression in the syntax"] = (Syntax("query_string", "/(a|b)*a" + Repeat("(a|b)", 35) + "/"), HttpStatusCode.OK),
        ["a phrase in the syntax with a large step"] = (Syntax("query_string", "\\\"" + Repeat("same ", 900) + "\\\"~100000"), HttpStatusCode.BadRequest),
        ["queries in queries"] = (Json(Repeat("""{ "bool": { "must": """, 300) + """{ "match_all": {} }""" + Repeat(" } }", 300)), HttpStatusCode.BadRequest),
        ["queries beside queries"] = (Json("""{ "bool": { "should": [ """ + Repeat("""{ "match_all": {} },""", 1500) + """{ "match_all": {} } ] } }"""), HttpStatusCode.BadRequest),
        ["a long list of terms"] = (Json($$"""{ "terms": { "{{Text}}": [ {{Repeat("\"w\",", 5000)}} "w" ] } }"""), HttpStatusCode.RequestEntityTooLarge),
        ["a body of ten megabytes"] = (Field("match", Repeat("w", 10_000_000)), HttpStatusCode.RequestEntityTooLarge),
        ["a page at the end of the world"] = ("""{ "query": { "match_all": {} }, "from": 2000000000 }""", HttpStatusCode.BadRequest),
    };

    private const string Steps = "more than 400000 steps";
    private const string TooLong = "a text of more than 2097152 characters";

    /// <summary>Templates of stored queries, which people with that right write, and the limit that each meets as JSON and as SQL.</summary>
    private static readonly Dictionary<string, (string Template, string Limit, string SqlLimit)> Templates = new()
    {
        ["LoopForever"] = Alike("{% for i in (1..2000000000) %}x{% endfor %}", "more than 100000 numbers"),
        ["LoopsInLoops"] = Alike("{% for a in (1..3000) %}{% for b in (1..3000) %}{% for c in (1..3000) %}{% assign d = a | times: b %}{% endfor %}{% endfor %}{% endfor %}", Steps),
        ["DoublingText"] = Alike("{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}", TooLong),
        ["ReplacingText"] = Alike("{% assign a = 'xxxxxxxx' %}{% for i in (1..60) %}{% assign a = a | replace: 'x', 'xxxxxxxx' %}{% endfor %}{{ a }}", TooLong),
        ["CapturedText"] = ("{% assign a = 'x' %}{% for i in (1..60) %}{% capture a %}{{ a }}{{ a }}{{ a }}{% endcapture %}{% endfor %}{{ a }}", "A text is longer than", "A value has more than"),
        ["ManyParts"] = Alike("{% assign a = 'a,b,c,d,e,f,g,h' %}{% for i in (1..60) %}{% assign a = a | split: ',' | join: ',a,b,c,d,e,f,' %}{% endfor %}{{ a | size }}", "a list of more than 100000 values"),
        ["LongOutput"] = (
            "{% assign a = 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' %}{% for i in (1..12) %}{% assign a = a | append: a %}{% endfor %}{% for i in (1..5000) %}{{ a }}{% endfor %}",
            "longer than", "more than"),
        ["Changed"] = Alike("{% assign a = 'x' %}{% for i in (1..60) %}{% ifchanged %}{% for j in (1..5000) %}xxxxxxxxxxxxxxxxxxxx{{ i }}{% endfor %}{% endifchanged %}{% endfor %}{% for i in (1..400000) %}{{ a }}{% endfor %}", "than"),
        ["Unended"] = Alike("{% for i in (1..3) %}", "can't be parsed"),
        ["NoSuchFilter"] = ("{{ 'a' | no_such_filter }}", "is not JSON", "can't be understood"),
        ["Deep"] = Alike(Repeat("{% if true %}", 100_000) + Repeat("{% endif %}", 100_000), "can't be parsed"),
    };

    public static TheoryData<string> Searches => [.. Bombs.Keys];

    public static TheoryData<string> TemplateNames => [.. Templates.Keys];

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task A_search_has_an_answer_within_bounds(string name)
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        await BoundedAsync(client, name);
    }

    [Theory]
    [MemberData(nameof(TemplateNames))]
    public async Task A_template_that_harms_ends_with_an_error(string name)
    {
        using var client = await SignedIn.AdministratorAsync(site, Cancel);
        foreach (var kind in new[] { "Lucene", "Sql" })
        {
            using var answer = await client.GetAsync(new Uri($"/api/queries/{name}{kind}", UriKind.Relative), Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{kind}: {text}");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            text.Length.ShouldBeLessThan(2000);
            JsonNode.Parse(text)!["detail"]!.ToString().ShouldContain(kind == "Sql" ? Templates[name].SqlLimit : Templates[name].Limit, customMessage: kind);
        }
    }

    [Fact]
    public async Task Others_get_their_answers_all_the_while()
    {
        using var attacker = await SignedIn.AdministratorAsync(site, Cancel);
        using var reader = site.CreateClient();
        await NormalReader.WhileAsync(
            () => Parallel.ForEachAsync(Bombs.Keys, Cancel, async (name, _) => await BoundedAsync(attacker, name)),
            async () => (await reader.GetFromJsonAsync<JsonObject>("/api/queries/Found", Cancel))!["items"]!.AsArray().Count.ShouldBe(1));
    }

    private static async Task BoundedAsync(HttpClient client, string name)
    {
        using var answer = await client.PostAsJsonAsync("/api/lucene/documents", new { indexName = "Docs", query = Bombs[name].Query }, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(Bombs[name].Status, $"{name}: {text[..Math.Min(500, text.Length)]}");
        if (answer.StatusCode == HttpStatusCode.OK) return;
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonNode.Parse(text)!["detail"]!.ToString().Length.ShouldBeLessThan(1000, name);
    }

    private static (string Template, string Limit, string SqlLimit) Alike(string template, string limit) => (template, limit, limit);

    private static string Json(string query) => $$"""{ "query": {{query}} }""";

    private static string Field(string kind, string value) => Json($$"""{ "{{kind}}": { "{{Text}}": "{{value}}" } }""");

    private static string Syntax(string kind, string text) => Json($$"""{ "{{kind}}": { "query": "{{text}}" } }""");

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    /// <summary>The site of the tests of search with a document of very many words, one of the same word over and over, and the templates as stored queries.</summary>
    public sealed class WordySite : SearchSite
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await PublishAsync("4words", "Words", $"<p>{string.Join(' ', Enumerable.Range(0, 15_000).Select(number => $"w{number}"))}</p>");
            await PublishAsync("4same", "Same", $"<p>{Repeat("same ", 20_000)}</p>");
            await using var scope = NewScope();
            var queries = Templates.SelectMany(template => new[] { "Lucene", "Sql" }.Select(kind => (JsonNode)new JsonObject
            {
                ["Name"] = template.Key + kind,
                ["Source"] = kind,
                ["Index"] = "Docs",
                ["ReturnContentItems"] = false,
                ["Schema"] = "",
                ["Template"] = kind == "Lucene" ? """{ "query": { "match_all": {} }, "sort": [] }""" + template.Value.Template : "SELECT 1 " + template.Value.Template,
            }));
            await EveryKind.RunAsync(scope.ServiceProvider, new JsonObject { ["name"] = "queries", ["Queries"] = new JsonArray([.. queries]) }, CancellationToken.None);
            await EventuallyAsync(async () => (await FindAsync("""{ "query": { "terms": { "ContentItemId": [ "4words", "4same" ] } } }""")).Count == 2);
        }
    }
}
