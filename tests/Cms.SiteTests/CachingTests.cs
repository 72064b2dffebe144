using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>What anonymous visitors get from the cache, and when they no longer do.</summary>
public sealed class CachingTests(Site site)
{
    private const string Query = """{"query":"{ newsPost(first: 1) { displayText } }"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly HttpClient _client = site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<ContentItem> PublishedAsync()
    {
        await using var scope = site.NewScope();
        var type = scope.ServiceProvider.GetRequiredService<ContentDefinitionRegistry>().Current.Type("Page")!;
        var item = await scope.ServiceProvider.GetRequiredService<NewContent>().ExecuteAsync(type, Cancel);
        item.GetOrAdd("TitlePart")["Title"] = "As it was";
        item.GetOrAdd("Page")["Summary"] = new JsonObject { ["Text"] = "In short." };
        item.GetOrAdd("AutoroutePart")["Path"] = "en/cached-" + ContentId.New();
        return await PublishAsync(item, "As it was");
    }

    private async Task<ContentItem> PublishAsync(ContentItem item, string title)
    {
        await using var scope = site.NewScope();
        var edited = item.Copy();
        edited.GetOrAdd("TitlePart")["Title"] = title;
        var result = await scope.ServiceProvider.GetRequiredService<Publish>().ExecuteAsync(edited, Cancel);
        result.Problems.ShouldBeEmpty();
        return result.Item;
    }

    private static string PathOf(ContentItem item) => "/" + item.Part("AutoroutePart")!.TextOf("Path");

    [Theory]
    [InlineData("/en")]
    [InlineData("/sr/sporazumi")]
    [InlineData("/api/graphql?query={newsPost{displayText}}")]
    public async Task An_answer_carries_an_entity_tag_and_is_not_sent_again(string path)
    {
        var first = await _client.GetAsync(path, Cancel);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var tag = first.Headers.ETag.ShouldNotBeNull();
        tag.IsWeak.ShouldBeFalse();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(tag);
        var second = await _client.SendAsync(request, Cancel);
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await second.Content.ReadAsByteArrayAsync(Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_published_is_seen_at_once()
    {
        var item = await PublishedAsync();
        (await _client.GetStringAsync(PathOf(item), Cancel)).ShouldContain("As it was");
        await PublishAsync(item, "As it is");
        (await _client.GetStringAsync(PathOf(item), Cancel)).ShouldContain("As it is");
    }

    [Fact]
    public async Task What_another_process_publishes_is_seen_within_a_second()
    {
        var item = await PublishedAsync();
        await _client.GetStringAsync(PathOf(item), Cancel);
        await using (var scope = site.NewScope())
        {
            // As another process would: the rows change and this one is not told.
            var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
            await database.ContentVersions.Where(row => row.ContentItemId == item.ContentItemId && row.Published)
                .ExecuteUpdateAsync(row => row.SetProperty(r => r.DisplayText, "From elsewhere"), Cancel);
            database.Outbox.Add(new OutboxRow
            {
                Kind = nameof(ContentEventKind.Published),
                ContentItemId = item.ContentItemId,
                ContentType = item.ContentType,
                OccurredUtc = DateTime.UtcNow,
            });
            await database.SaveChangesAsync(Cancel);
        }

        string html;
        do
        {
            await Task.Delay(50, Cancel);
            html = await _client.GetStringAsync(PathOf(item), Cancel);
        }
        while (!html.Contains("From elsewhere", StringComparison.Ordinal) && !Cancel.IsCancellationRequested);
    }

    [Fact]
    public async Task A_repeated_query_comes_from_the_cache_unless_it_is_another()
    {
        async Task<HttpResponseMessage> PostAsync(string body) =>
            await _client.PostAsync("/api/graphql", new StringContent(body, MediaTypeHeaderValue.Parse("application/json")), Cancel);
        var first = await (await PostAsync(Query)).Content.ReadAsStringAsync(Cancel);
        var again = await (await PostAsync(Query)).Content.ReadAsStringAsync(Cancel);
        again.ShouldBe(first);
        var other = await (await PostAsync(Query.Replace("displayText", "contentItemId", StringComparison.Ordinal))).Content.ReadFromJsonAsync<JsonObject>(Cancel);
        other!["data"]!["newsPost"]![0]!.AsObject().ContainsKey("contentItemId").ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_who_may_be_known_is_answered_from_the_cache()
    {
        var item = await PublishedAsync();
        await _client.GetAsync(PathOf(item), Cancel);
        foreach (var (header, value) in new[] { ("Cookie", "cms_auth=x"), ("Authorization", "Bearer x") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(item));
            request.Headers.Add(header, value);
            (await _client.SendAsync(request, Cancel)).Headers.Age.ShouldBeNull(header);
        }
    }

    [Fact]
    public async Task An_address_in_other_letters_still_redirects_when_the_page_is_cached()
    {
        await _client.GetAsync("/en/contact", Cancel);
        var response = await _client.GetAsync("/EN/Contact", Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
        response.Headers.Location!.ToString().ShouldBe("/en/contact");
    }
}
