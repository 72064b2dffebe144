using System.Net;
using Cms.Platform.Identity.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Cms.SiteTests.Accounts;

/// <summary>One address that did not sign in can't ask for any amount of work.</summary>
public sealed class RequestLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static SmallSite NewSite() => new() { Settings = { ["Cms:RequestLimits:GraphQLPerMinute"] = "3", ["Cms:RequestLimits:SearchPerMinute"] = "3" } };

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string? address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (address is not null) request.Headers.Add("X-Forwarded-For", address);
        return await client.SendAsync(request, Cancel);
    }

    [Theory]
    [InlineData("/api/graphql?query={{__typename}}", "graphql")]
    [InlineData("/api/lucene/content?indexName=none&q={0}", "search")]
    public async Task An_address_that_asks_too_often_is_refused_with_the_standard_headers_and_others_are_answered(string pattern, string name)
    {
        using var site = NewSite();
        using var client = site.CreateClient();
        var refused = new List<HttpResponseMessage>();
        for (var i = 0; i < 12; i++)
        {
            // Each another, so that none comes from the cache.
            var answer = await GetAsync(client, string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, i) + (name == "graphql" ? "%23" + i : ""), "198.51.100.7");
            answer.Headers.GetValues("RateLimit-Policy").Single().ShouldBe($"\"{name}\";q=3;w=60");
            answer.Headers.GetValues("RateLimit").Single().ShouldStartWith($"\"{name}\";r=");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests) refused.Add(answer);
        }

        refused.ShouldNotBeEmpty();
        refused[0].Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        refused[0].Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await GetAsync(client, string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, 0), "198.51.100.8")).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
        (await GetAsync(client, string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, 0), null)).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public void A_million_addresses_take_no_more_memory_than_the_buckets()
    {
        using var limits = new RequestLimits(Options.Create(new RequestLimitOptions { GraphQLPerMinute = 1000 }));
        var context = new DefaultHttpContext();
        long After(int from)
        {
            for (var i = from; i < from + 300_000; i++)
            {
                context.Connection.RemoteIpAddress = new IPAddress(new byte[] { 11, (byte)(i >> 16), (byte)(i >> 8), (byte)i });
                limits.Count(RequestLimit.GraphQL, context);
                context = new DefaultHttpContext();
            }

            return GC.GetTotalMemory(forceFullCollection: true);
        }

        var first = After(0);
        (After(300_000) - first).ShouldBeLessThan(8_000_000);
    }
}
