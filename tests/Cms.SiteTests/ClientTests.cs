using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Cms.SiteTests;

/// <summary>Common clients against the running site: Apollo Client and urql, with types that graphql-codegen makes of it.</summary>
public sealed class ClientTests : IClassFixture<ClientTests.ListeningSite>
{
    private static readonly string Folder = Path.Combine(Site.Root, "tests", "clients");

    private readonly ListeningSite _site;

    public ClientTests(ListeningSite site) => _site = site;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Codegen_types_the_operations_and_both_clients_page_filter_and_understand_errors()
    {
        if (!HasNode()) Assert.Skip("Node.js and npm are not installed.");
        if (!Directory.Exists(Path.Combine(Folder, "node_modules"))) await RunAsync("npm", "ci", "--ignore-scripts");
        await RunAsync("npx", "--no-install", "graphql-codegen", "--config", "codegen.yml");
        await RunAsync("npx", "--no-install", "tsc");
        var answer = JsonNode.Parse(await RunAsync("node", Path.Combine("generated", "out", "clients.js")))!;
        var pages = answer["apollo"]!["found"]!.AsArray().Select(page => page!.AsArray().Select(title => title!.ToString()).ToList()).ToList();
        pages.ShouldAllBe(page => page.Count == 2);
        pages.SelectMany(page => page).Distinct().Count().ShouldBe(4);
        answer["urql"]!.ToJsonString().ShouldBe(answer["apollo"]!.ToJsonString());
        answer["apollo"]!["code"]!.ToString().ShouldBe("FIELDS_ON_CORRECT_TYPE");
    }

    private static bool HasNode() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "node")) && File.Exists(Path.Combine(folder, "npm")));

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SITE"] = _site.Address;
        using var process = Process.Start(start)!;
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {output}{errors}");
        return output;
    }

    /// <summary>The site behind a port, as clients in other processes reach it.</summary>
    public sealed class ListeningSite : Site
    {
        public ListeningSite() => UseKestrel(0);

        public string Address => ClientOptions.BaseAddress.ToString().TrimEnd('/');

        public override ValueTask InitializeAsync()
        {
            StartServer();
            return ValueTask.CompletedTask;
        }
    }
}
