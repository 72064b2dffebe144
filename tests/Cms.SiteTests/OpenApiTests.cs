using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cms.SiteTests;

/// <summary>What the site tells developers about its APIs.</summary>
public sealed partial class OpenApiTests(AppSite site) : IClassFixture<AppSite>
{
    /// <summary>Set it to 1 to write the snapshot anew; look at the difference before you commit it.</summary>
    private const string UpdateVariable = "CMS_UPDATE_SNAPSHOTS";

    private static readonly string Snapshot = Path.Combine(Site.Root, "tests", "Cms.SiteTests", "Snapshots", "openapi.json");

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient();

    [Fact]
    public async Task The_document_of_the_seeded_site_is_the_one_that_was_looked_at()
    {
        var document = JsonNode.Parse(await _client.GetStringAsync("/openapi/v1.json", Cancel))!.ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") await File.WriteAllTextAsync(Snapshot, document, Cancel);
        document.ShouldBe(await File.ReadAllTextAsync(Snapshot, Cancel), $"Run this test with {UpdateVariable}=1 to take the change over.");
    }

    [Fact]
    public async Task Every_content_type_and_field_kind_in_use_is_described()
    {
        var schemas = JsonNode.Parse(await _client.GetStringAsync("/openapi/v1.json", Cancel))!["components"]!["schemas"]!;
        schemas["Event"]!["allOf"]![1]!["properties"]!["Event"]!["properties"]!["Start"]!["$ref"]!.ToString().ShouldBe("#/components/schemas/DateTimeField");
        schemas["DateTimeField"]!["properties"]!["Value"]!["format"]!.ToString().ShouldBe("date-time");
        schemas["AnyContentItem"]!["discriminator"]!["mapping"]!["NewsPost"]!.ToString().ShouldBe("#/components/schemas/NewsPost");
    }

    [Fact]
    public async Task An_independent_validator_finds_nothing_wrong_with_the_document()
    {
        var client = Path.Combine(Site.Root, "src", "Cms.Platform", "Client");
        Assert.SkipUnless(Directory.Exists(Path.Combine(client, "node_modules")), "The validator runs on Node.js, which was not there when the site was built.");
        const string script = """
            import { Validator } from '@seriousme/openapi-schema-validator';
            const text = await new Response(process.stdin).text();
            const result = await new Validator().validate(JSON.parse(text));
            console.log(result.valid ? 'valid' : JSON.stringify(result.errors));
            """;
        var start = new ProcessStartInfo("node") { WorkingDirectory = client, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "--input-type=module", "--eval", script }) start.ArgumentList.Add(argument);
        using var node = Process.Start(start)!;
        await node.StandardInput.WriteAsync(await _client.GetStringAsync("/openapi/v1.json", Cancel));
        node.StandardInput.Close();
        (await node.StandardOutput.ReadToEndAsync(Cancel)).Trim().ShouldBe("valid");
    }

    [Fact]
    public async Task Scalar_shows_it_without_a_script_that_the_policy_does_not_name_and_without_another_host()
    {
        using var answer = await _client.GetAsync("/scalar/v1", Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldNotContain("script-src 'self' 'unsafe-inline'");
        foreach (var code in InlineScript().Matches(page).Select(match => match.Groups["code"].Value))
            policy.ShouldContain("'sha256-" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(code))) + "'");
        foreach (var source in Source().Matches(page).Select(match => match.Groups["address"].Value))
        {
            source.ShouldNotContain("//");
            (await _client.GetAsync(new Uri(new Uri(_client.BaseAddress!, "/scalar/v1"), source), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, source);
        }
    }

    [Fact]
    public async Task GraphiQL_is_for_people_who_may_use_it()
    {
        (await _client.GetStringAsync("/Admin/GraphQL", Cancel)).ShouldContain("name=\"password\"");
        using var browser = new AppBrowser(_client.BaseAddress!);
        await browser.OpenAsync("/Login", "nowhere", Cancel);
        using var answer = await browser.Client.GetAsync("/Admin/GraphQL", Cancel);
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.SkipWhen(page.Contains("built without Node.js", StringComparison.Ordinal), "The site was built without Node.js.");
        page.ShouldContain("<div id=\"graphiql\"></div>");
        foreach (var path in new[] { "/client/graphiql/main.js", "/client/graphiql/main.css" })
        {
            page.ShouldContain(path);
            (await _client.GetAsync(path, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [GeneratedRegex("""<script(?![^>]*\bsrc=)[^>]*>(?<code>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex InlineScript();

    [GeneratedRegex("""<(script|link)[^>]*\b(src|href)="(?<address>[^"]+)""")]
    private static partial Regex Source();
}
