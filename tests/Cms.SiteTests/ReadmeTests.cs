using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Cms.SiteTests;

/// <summary>What the README tells a newcomer to do, done.</summary>
public sealed partial class ReadmeTests
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

    [GeneratedRegex("`(?<path>(src|recipes|themes|tests)(/[\\w./-]*)?)`")]
    private static partial Regex PathInBackticks();
}
