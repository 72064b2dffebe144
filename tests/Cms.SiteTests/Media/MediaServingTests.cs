using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Cms.Platform.Media;
using Cms.Platform.Media.Images;
using Cms.Tests.Media;
using Microsoft.Extensions.DependencyInjection;
using NetVips;

namespace Cms.SiteTests.Media;

/// <summary>Files at <c>/media</c> as browsers get them.</summary>
public sealed class MediaServingTests(Site site)
{
    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MediaUrls Urls => site.Services.GetRequiredService<MediaUrls>();

    private async Task<string> StoreAsync(string path, byte[] content)
    {
        var storage = site.Services.GetRequiredService<IMediaStorage>();
        storage.Keep(await storage.StageAsync(path, new MemoryStream(content), Cancel), overwrite: true);
        return Urls.Of(path);
    }

    private static Dictionary<string, string> Commands(string query) => query.Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

    private async Task<HttpResponseMessage> GetAsync(string url, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        headers?.Invoke(request.Headers);
        return await _client.SendAsync(request, Cancel);
    }

    [Fact]
    public async Task A_file_comes_with_a_strong_tag_in_ranges_and_only_when_it_is_new()
    {
        var url = await StoreAsync("serving/text.txt", "0123456789"u8.ToArray());
        var whole = await GetAsync(url);
        whole.Headers.ETag!.IsWeak.ShouldBeFalse();
        whole.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(30));
        whole.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        var part = await GetAsync(url, headers => headers.Range = new RangeHeaderValue(2, 4));
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsStringAsync(Cancel)).ShouldBe("234");
        (await GetAsync(url, headers => headers.IfNoneMatch.Add(whole.Headers.ETag))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await GetAsync(url, headers => headers.IfModifiedSince = whole.Content.Headers.LastModified)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_drawing_is_offered_as_a_download_that_can_run_nothing()
    {
        var answer = await GetAsync(await StoreAsync("serving/active.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray()));
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Theory]
    [InlineData("/media/../site.db")]
    [InlineData("/media/%2e%2e/site.db")]
    [InlineData("/media/..%2fsite.db")]
    [InlineData("/media/a%5c..%5c..%5csite.db")]
    [InlineData("/media/keys/media-token.key")]
    [InlineData("/media/")]
    public async Task No_address_leads_out_of_the_media_folder(string url) => (await GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("width=100&height=50&rmode=crop", 100, 50, "image/png")]
    [InlineData("width=90&height=90&rmode=pad&bgcolor=fff", 90, 90, "image/png")]
    [InlineData("width=90&height=90&rmode=max&format=webp&quality=60", 90, 45, "image/webp")]
    [InlineData("width=90&height=90&rmode=min", 180, 90, "image/png")]
    [InlineData("width=33&height=77&rmode=stretch&format=jpg", 33, 77, "image/jpeg")]
    public async Task A_signed_address_gets_what_it_asks_for(string query, int width, int height, string contentType)
    {
        var url = await StoreAsync("serving/halves.png", TestImages.Png(400, 200));
        var answer = await GetAsync(Urls.Resized(url, Commands(query)));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancel));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(contentType);
        using var image = Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync(Cancel));
        (image.Width, image.Height).ShouldBe((width, height));
        (await GetAsync(Urls.Resized(url, Commands(query)), headers => headers.IfNoneMatch.Add(answer.Headers.ETag!))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory]
    [InlineData("width=100", HttpStatusCode.OK)]
    [InlineData("width=100&height=50&rmode=crop&format=webp", HttpStatusCode.OK)]
    [InlineData("width=101", HttpStatusCode.BadRequest)]
    [InlineData("width=100&quality=3", HttpStatusCode.BadRequest)]
    [InlineData("width=100&token=AAAA", HttpStatusCode.BadRequest)]
    [InlineData("width=banana", HttpStatusCode.BadRequest)]
    [InlineData("unknown=1", HttpStatusCode.OK)]
    public async Task Without_a_token_only_the_sites_own_sizes_are_given(string query, HttpStatusCode expected)
    {
        var answer = await GetAsync($"{await StoreAsync("serving/unsigned.png", TestImages.Png(400, 200))}?{query}");
        answer.StatusCode.ShouldBe(expected);
        if (expected != HttpStatusCode.BadRequest) return;
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["detail"]!.ToString().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_signature_is_for_its_own_commands()
    {
        var url = Urls.Resized(await StoreAsync("serving/signed.png", TestImages.Png(40, 20)), Commands("width=21"));
        (await GetAsync(url)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(url.Replace("width=21", "width=22", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await GetAsync(url + "&quality=9")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Bombs_and_broken_files_are_named_as_such_without_a_trace_of_the_works()
    {
        foreach (var (path, content) in new[] { ("serving/bomb.png", TestImages.PngClaiming(60_000, 60_000)), ("serving/broken.png", TestImages.Png(40, 20)[..60]) })
        {
            var answer = await GetAsync($"{await StoreAsync(path, content)}?width=100");
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            text.ShouldNotContain("   at ");
            text.ShouldNotContain("vips");
        }
    }

    [Fact]
    public async Task An_address_with_the_files_version_is_kept_for_ever()
    {
        var url = await Urls.VersionedAsync(await StoreAsync("serving/versioned.png", TestImages.Png(40, 20)), Cancel);
        (await GetAsync(url)).Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await GetAsync(url + "0")).Headers.CacheControl!.ToString().ShouldNotContain("immutable");
    }

    [Fact]
    public async Task Apps_see_the_files_that_their_user_may_list()
    {
        await StoreAsync("serving/listed/deep/a.txt", "a"u8.ToArray());
        const string query = """/api/graphql?query={ mediaAssets(path: "serving/listed", includeSubDirectories: true) { name path length } }""";
        JsonNode.Parse(await _client.GetStringAsync(query, Cancel))!["data"]!["mediaAssets"]!.AsArray().ShouldBeEmpty();
        using var editor = await SignedIn.AdministratorAsync(site, Cancel);
        JsonNode.Parse(await editor.GetStringAsync(query, Cancel))!["data"]!["mediaAssets"]!.ToJsonString()
            .ShouldBe("""[{"name":"a.txt","path":"/media/serving/listed/deep/a.txt","length":1}]""");
    }
}
