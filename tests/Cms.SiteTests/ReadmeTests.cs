using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cms.SiteTests;

/// <summary>What the README tells a newcomer to do, done.</summary>
public sealed partial class ReadmeTests(Site site)
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Site.Root, "README.md"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_run_command_sets_the_site_up_once_and_finds_it_again()
    {
        var command = Commands().First(command => command.StartsWith("dotnet run ", StringComparison.Ordinal)).Split(' ');
        var data = Directory.CreateTempSubdirectory("readme").FullName;
        try
        {
            var first = await RunAsync(command, data);
            first.ShouldContain("This is shown once");
            first.ShouldContain("BalkansGroup: step 1 of ");
            var second = await RunAsync(command, data);
            second.ShouldNotContain("This is shown once");
            second.ShouldNotContain("BalkansGroup: step");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public void The_test_command_is_what_CI_runs() =>
        File.ReadAllText(Path.Combine(Site.Root, ".ci", "run")).ShouldContain(Commands().Single(command => command.StartsWith("bash tests/run", StringComparison.Ordinal)));

    [Fact]
    public async Task The_query_finds_what_it_promises()
    {
        var query = GraphQLBlock().Match(Readme).Groups["query"].Value;
        var answer = await site.CreateClient().PostAsJsonAsync("/api/graphql", new { query }, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var events = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["data"]!["event"]!.AsArray();
        events.Count.ShouldBeGreaterThanOrEqualTo(4);
        events.ShouldAllBe(entry => entry!["path"]!.ToString().StartsWith("sr/dogadjaji/"));
    }

    [Fact]
    public async Task Every_query_can_be_copied_and_answers_with_something()
    {
        using var client = site.CreateClient();
        var queries = GraphQLBlock().Matches(Readme).Select(match => match.Groups["query"].Value).ToList();
        queries.Count.ShouldBe(3);
        foreach (var query in queries)
        {
            using var answer = await client.PostAsJsonAsync("/api/graphql", new { query }, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            JsonNode.Parse(text)!["data"]!.AsObject().Single().Value!.AsArray().ShouldNotBeEmpty(text);
        }
    }

    [Fact]
    public async Task The_app_of_the_recipe_gets_its_token_with_the_command()
    {
        var recipe = JsonBlock().Match(Readme).Groups["json"].Value;
        await using (var scope = site.NewScope())
            await EveryKind.RunAsync(scope.ServiceProvider, JsonNode.Parse(recipe)!["steps"]!.AsArray().Single()!.AsObject(), Cancel);
        var form = CurlField().Matches(Readme).Select(match => KeyValuePair.Create(match.Groups["name"].Value, match.Groups["value"].Value));
        using var client = site.CreateClient();
        using var answer = await client.PostAsync(CurlPath().Match(Readme).Groups["path"].Value, new FormUrlEncodedContent(form), Cancel);
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["access_token"].ShouldNotBeNull().ToString();
        client.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        using var posted = await client.PostAsJsonAsync("/api/content?draft=true", new JsonObject { ["ContentType"] = "Page" }, Cancel);
        posted.StatusCode.ShouldBe(HttpStatusCode.OK, await posted.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public void Every_folder_and_file_that_it_names_is_there()
    {
        foreach (var path in PathInBackticks().Matches(Readme).Select(match => match.Groups["path"].Value))
            Path.Exists(Path.Combine(Site.Root, path)).ShouldBeTrue(path);
    }

    /// <summary>Starts the site as written, on a port and a folder of its own and without building again; what it printed until it answered.</summary>
    private static async Task<string> RunAsync(string[] command, string data)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = Site.Root, RedirectStandardOutput = true };
        foreach (var argument in command[1..]) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--no-build");
        start.Environment["Urls"] = address;
        start.Environment["Cms__DataFolder"] = data;
        start.Environment.Remove("OrchardCore__OrchardCore_AutoSetup__Tenants__0__AdminPassword");
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEndAsync(Cancel);
        try
        {
            await AnswersAsync(process, address);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return await printed;
    }

    private static async Task AnswersAsync(Process process, string address)
    {
        using var client = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                (await client.GetAsync(new Uri(address + "/en"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, Cancel);
            }
        }

        Assert.Fail("The site ended before it answered.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static IEnumerable<string> Commands() =>
        ShellBlock().Matches(Readme).SelectMany(match => match.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("```graphql\n(?<query>.*?)```", RegexOptions.Singleline)]
    private static partial Regex GraphQLBlock();

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex("curl http://localhost:5000(?<path>\\S+)")]
    private static partial Regex CurlPath();

    [GeneratedRegex("-d \"?(?<name>[a-z_]+)=(?<value>[^\"\n]+?)(?=\"| -d|\n)")]
    private static partial Regex CurlField();

    [GeneratedRegex("`(?<path>(src|recipes|themes|tests)(/[\\w./-]*)?)`")]
    private static partial Regex PathInBackticks();
}
