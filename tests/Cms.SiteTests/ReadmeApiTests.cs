using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Cms.SiteTests;

/// <summary>The commands for app developers in the README, run as they stand there by a shell and curl against the seeded site.</summary>
public sealed partial class ReadmeApiTests(ClientTests.ListeningSite site) : IClassFixture<ClientTests.ListeningSite>
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Site.Root, "README.md"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_queries_can_be_copied_and_answer_with_what_they_promise()
    {
        var queries = Commands().Where(command => !command.Contains("TOKEN", StringComparison.Ordinal)).ToList();
        queries.Count.ShouldBe(3);
        var answers = new List<JsonArray>();
        foreach (var query in queries)
        {
            var text = await RunAsync(query);
            answers.Add(JsonNode.Parse(text)!["data"].ShouldNotBeNull(text).AsObject().Single().Value.ShouldNotBeNull(text).AsArray());
        }

        answers[0].Count.ShouldBeGreaterThanOrEqualTo(4);
        answers[0].ShouldAllBe(entry => entry!["path"]!.ToString().StartsWith("sr/dogadjaji/"));
        answers[1].Count.ShouldBe(10);
        answers[1].ShouldAllBe(entry => entry!["path"]!.ToString().StartsWith("sq/"));
        var agreement = answers[2].ShouldHaveSingleItem()!;
        agreement["introduction"]!["html"]!.ToString().ShouldContain("<p>");
        agreement["milestones"]!["contentItems"]!.AsArray().ShouldAllBe(entry => entry!["text"] != null);
    }

    [Fact]
    public async Task The_app_of_the_recipe_gets_its_token_and_reads_drafts()
    {
        await using (var scope = site.NewScope())
        {
            var recipe = JsonNode.Parse(JsonBlock().Match(Readme).Groups["json"].Value)!;
            await EveryKind.RunAsync(scope.ServiceProvider, recipe["steps"]!.AsArray().Single()!.AsObject(), Cancel);
            var draft = new Core.Content.ContentItem { ContentItemId = "4readme", ContentType = "Page", DisplayText = "A draft for the README" };
            await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Core.Content.Actions.SaveDraft>(scope.ServiceProvider).ExecuteAsync(draft, Cancel);
        }

        var text = await RunAsync(Commands().Single(command => command.Contains("TOKEN", StringComparison.Ordinal)));
        JsonNode.Parse(text)!["data"].ShouldNotBeNull(text)["page"]!.AsArray().Select(page => page!["displayText"]!.ToString()).ShouldContain("A draft for the README");
    }

    /// <summary>The blocks that call curl.</summary>
    private static IEnumerable<string> Commands() =>
        ShellBlock().Matches(Readme).Select(match => match.Groups["lines"].Value).Where(block => block.Contains("curl ", StringComparison.Ordinal));

    /// <summary>Runs a block as it stands, but for the port; what it printed.</summary>
    private async Task<string> RunAsync(string block)
    {
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "curl"))), "curl is not installed.");
        block.ShouldContain("http://localhost:5000/");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(block.Replace("http://localhost:5000", site.Address, StringComparison.Ordinal));
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, block);
        return printed;
    }

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
