using System.Text.Json.Nodes;

namespace Cms.SiteTests;

/// <summary>Common clients against the running site: Apollo Client and urql, with types that graphql-codegen makes of it.</summary>
public sealed class ClientTests : IClassFixture<ClientTests.ListeningSite>
{
    private readonly ListeningSite _site;

    public ClientTests(ListeningSite site) => _site = site;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Codegen_types_the_operations_and_both_clients_page_filter_and_understand_errors()
    {
        await NodeClients.InstallOrSkipAsync(Cancel);
        await RunAsync("npx", "--no-install", "graphql-codegen", "--config", "codegen.yml");
        await RunAsync("npx", "--no-install", "tsc");
        var answer = JsonNode.Parse(await RunAsync("node", Path.Combine("generated", "out", "clients.js")))!;
        var pages = answer["apollo"]!["found"]!.AsArray().Select(page => page!.AsArray().Select(title => title!.ToString()).ToList()).ToList();
        pages.ShouldAllBe(page => page.Count == 2);
        pages.SelectMany(page => page).Distinct().Count().ShouldBe(4);
        answer["urql"]!.ToJsonString().ShouldBe(answer["apollo"]!.ToJsonString());
        answer["apollo"]!["code"]!.ToString().ShouldBe("FIELDS_ON_CORRECT_TYPE");
    }

    private Task<string> RunAsync(params string[] command) =>
        NodeClients.RunAsync(new Dictionary<string, string> { ["SITE"] = _site.Address }, command, Cancel);

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
