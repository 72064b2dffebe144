using System.Net;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Publishing;

/// <summary>What a reader gets at an address that an item had before.</summary>
public sealed class FormerAddressTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<ContentItem> PublishAsync(string path, ContentItem? item = null, string culture = "en")
    {
        await using var scope = site.NewScope();
        var edited = item?.Copy();
        if (edited is null)
        {
            edited = await scope.ServiceProvider.GetRequiredService<NewContent>().ExecuteAsync(scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Page")!, Cancel);
            edited.GetOrAdd("TitlePart")["Title"] = "Moving";
            edited.GetOrAdd("Page")["Summary"] = new JsonObject { ["Text"] = "In short." };
            edited.GetOrAdd("LocalizationPart")["Culture"] = culture;
        }

        edited.GetOrAdd("AutoroutePart")["Path"] = path;
        var result = await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(edited, Cancel);
        result.Problems.ShouldBeEmpty();
        return result.Item;
    }

    private async Task<(HttpStatusCode Status, string? Location)> GetAsync(string path)
    {
        var response = await _client.GetAsync(path, Cancel);
        return (response.StatusCode, response.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("en", "en")]
    [InlineData("sq", "sq")]
    [InlineData("sr", "sr-Latn")]
    public async Task A_former_address_leads_to_the_present_one_in_one_step(string prefix, string culture)
    {
        var (a, b, c) = ($"{prefix}/a-{ContentId.New()}", $"{prefix}/b-{ContentId.New()}", $"{prefix}/c-{ContentId.New()}");
        var item = await PublishAsync(a, culture: culture);
        item = await PublishAsync(b, item);
        (await GetAsync("/" + a)).ShouldBe((HttpStatusCode.MovedPermanently, "/" + b));
        await PublishAsync(c, item);
        (await GetAsync("/" + a.ToUpperInvariant() + "?page=2")).ShouldBe((HttpStatusCode.MovedPermanently, $"/{c}?page=2"));
        (await GetAsync("/" + b)).ShouldBe((HttpStatusCode.MovedPermanently, "/" + c));
    }

    [Fact]
    public async Task An_item_that_returns_to_its_address_is_found_there()
    {
        var (a, b) = ($"en/a-{ContentId.New()}", $"en/b-{ContentId.New()}");
        var item = await PublishAsync(a);
        item = await PublishAsync(b, item);
        await PublishAsync(a, item);
        (await GetAsync("/" + a)).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/" + b)).ShouldBe((HttpStatusCode.MovedPermanently, "/" + a));
    }

    [Fact]
    public async Task An_address_that_another_item_took_is_that_items()
    {
        var path = $"en/a-{ContentId.New()}";
        var first = await PublishAsync(path);
        await PublishAsync($"en/b-{ContentId.New()}", first);
        var second = await PublishAsync(path);
        (await GetAsync("/" + path)).Status.ShouldBe(HttpStatusCode.OK);
        var moved = $"en/c-{ContentId.New()}";
        await PublishAsync(moved, second);
        (await GetAsync("/" + path)).ShouldBe((HttpStatusCode.MovedPermanently, "/" + moved));
    }

    [Fact]
    public async Task A_deleted_item_is_gone_at_all_its_addresses_and_an_unpublished_one_is_not_found()
    {
        var (a, b) = ($"sq/a-{ContentId.New()}", $"sq/b-{ContentId.New()}");
        var item = await PublishAsync(b, await PublishAsync(a, culture: "sq"));
        await using (var scope = site.NewScope())
        {
            var hidden = await scope.ServiceProvider.GetRequiredService<Unpublish>().ExecuteAsync(item.ContentItemId, item.Revision, Cancel);
            (await GetAsync("/" + b)).Status.ShouldBe(HttpStatusCode.NotFound);
            await scope.ServiceProvider.GetRequiredService<Delete>().ExecuteAsync(item.ContentItemId, hidden!.Item.Revision, Cancel);
        }

        foreach (var path in new[] { a, b })
        {
            var response = await _client.GetAsync("/" + path, Cancel);
            response.StatusCode.ShouldBe(HttpStatusCode.Gone);
            (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("Kjo faqe është hequr");
        }
    }

    [Fact]
    public async Task A_draft_that_moves_leaves_no_trace()
    {
        var (a, b) = ($"en/a-{ContentId.New()}", $"en/b-{ContentId.New()}");
        var item = await PublishAsync(a);
        await using var scope = site.NewScope();
        var draft = item.Copy();
        draft.Part("AutoroutePart")!["Path"] = b;
        await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(draft, Cancel);
        (await GetAsync("/" + a)).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/" + b)).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
