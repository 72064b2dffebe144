using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Rest;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>Addresses that are the site's own, and those that are generated at the same moment.</summary>
public abstract class AddressTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Reserved =>
    [
        "Admin", "admin/anything", "Login", "api/content", "api/anything", "media/x", "search", "SEARCH", "connect/token", "Contents/ContentItems/x", "Preview/x", "Users/LogOff",
        "sq/calendar", "en/calendar/2026/03", "surveys/x", "sr-cyrl", "sr-cyrl/vesti/x", "sq", "sr-Latn", "client/x",
    ];

    [Theory]
    [MemberData(nameof(Reserved))]
    public async Task An_address_at_which_the_site_answers_is_refused_by_field(string path)
    {
        var expected = $"AutoroutePart: The address “{path}” is one of the site itself; choose another.";
        (await SaveAsync(Page("Reserved", path))).ShouldBe([expected]);
        (await SaveAsync(Page("Reserved", path), asDraft: true)).ShouldBe([expected]);
    }

    [Theory]
    [InlineData("en/admin")]
    [InlineData("search-tips")]
    [InlineData("en/calendar/2026/13")]
    [InlineData("medias/x")]
    public async Task An_address_beside_it_is_taken(string path) => (await SaveAsync(Page("Beside", path))).ShouldBeEmpty();

    [Fact]
    public async Task Items_that_are_made_at_the_same_moment_get_the_next_free_addresses()
    {
        var title = "At once " + Guid.NewGuid().ToString("n");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => TrySaveAsync(Page(title, null)))));
        answers.SelectMany(answer => answer.Problems).ShouldBeEmpty();
        var slug = title.ToLowerInvariant().Replace(' ', '-');
        answers.Select(answer => answer.Item!.Content["AutoroutePart"]!["Path"]!.ToString()).Order(StringComparer.Ordinal)
            .ShouldBe([.. new[] { "", "-1", "-2", "-3", "-4", "-5", "-6", "-7" }.Select(suffix => $"en/{slug}{suffix}")]);
    }

    [Fact]
    public async Task A_generated_address_keeps_away_from_the_site_s_own()
    {
        await using var scope = site.NewScope();
        var item = new ContentItem { ContentItemId = ContentId.New(), ContentType = "Page" };
        var reserved = scope.ServiceProvider.GetRequiredService<Platform.Theming.ReservedAddresses>();
        var store = scope.ServiceProvider.GetRequiredService<IContentStore>();
        (await store.FreeValueAsync("AutoroutePart.Path", "search", item.ContentItemId, Cancel, path => reserved.Holds(path, null))).ShouldBe("search-1");
    }

    [Fact]
    public async Task Of_items_that_ask_for_one_address_at_the_same_moment_one_gets_it()
    {
        var path = "en/asked-" + Guid.NewGuid().ToString("n");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => TrySaveAsync(Page("Asked", path)))));
        answers.Count(answer => answer.Item is not null).ShouldBe(1);
        answers.Where(answer => answer.Item is null).ShouldAllBe(answer => answer.Problems.Count == 1);
    }

    private static string Page(string title, string? path) =>
        $$$"""{ "ContentType": "Page", "TitlePart": { "Title": "{{{title}}}" }, "LocalizationPart": { "Culture": "en" }, "AutoroutePart": { {{{(path is null ? "" : $"\"Path\": \"{path}\"")}}} }, "Page": { "Summary": { "Text": "In short." } } }""";

    private async Task<IReadOnlyList<string>> SaveAsync(string body, bool asDraft = false)
    {
        var (_, problems) = await TrySaveAsync(body, asDraft);
        return [.. problems.Select(problem => $"{problem.Path}: {problem.Message}")];
    }

    private async Task<(ContentItem? Item, IReadOnlyList<ContentProblem> Problems)> TrySaveAsync(string body, bool asDraft = false)
    {
        await using var scope = site.NewScope();
        var answer = await scope.ServiceProvider.GetRequiredService<ContentRequests>().SaveAsync(JsonNode.Parse(body)!.AsObject(), asDraft, new Precondition([], false, false), Cancel);
        return (answer.Item, answer.Problems);
    }
}

public sealed class SqliteAddressTests(Site site) : AddressTests(site);

public sealed class PostgresAddressTests(PostgresSite site) : AddressTests(site.OrSkip());
