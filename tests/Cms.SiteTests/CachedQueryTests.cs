using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests;

/// <summary>What a visitor writes behind the question mark makes no entries in the cache beyond those of the answers that exist.</summary>
public sealed class CachedQueryTests(CachedQueryTests.QuietSite site) : IClassFixture<CachedQueryTests.QuietSite>, IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly CountedCache _cache = new();

    private WebApplicationFactory<Program>? _host;

    private HttpClient Client(bool redirects = true)
    {
        _host ??= site.WithWebHostBuilder(builder => builder.UseEnvironment("Production").ConfigureTestServices(services => services.AddSingleton<IOutputCacheStore>(_cache)));
        return _host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = redirects });
    }

    public void Dispose() => _host?.Dispose();

    [Fact]
    public async Task Parameters_and_values_that_mean_nothing_make_no_entries()
    {
        using var client = Client();
        string[] nonsense =
        [
            "foo=bar", "fbclid=1", "fbclid=2", "utm_source=a&utm_medium=b", "page=99999", "page=99998", "page=-1", "page=0", "page=1", "page=x", "page=1.5", "page=", "topic=nonsense", "topic=",
            "year=1800", "year=&topic=", "month=13", "month=2020-07", "status=nothing", "nature=x", "sort=x", "q=", "Page=77777", "a[]=1", "%00=%00", "page=1&page=2", "topic=%3Cscript%3E", "&", "=",
        ];
        foreach (var path in new[] { "/en/news", "/sq/ngjarje", "/sr/sporazumi", "/en/connect", "/en/contact", "/en", "/sr-cyrl/vesti", "/en/feeds/news.atom", "/en/events.ics" })
        {
            // Whoever comes first, with nonsense or without, teaches which parameters count.
            foreach (var query in nonsense[..2]) (await client.GetAsync($"{path}?{query}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}?{query}");
            await client.GetAsync(path, Cancel);
            await client.GetAsync(path + "?page=2", Cancel);
            var before = _cache.Keys.Count;
            foreach (var query in nonsense) (await client.GetAsync($"{path}?{query}", Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK, $"{path}?{query}");
            _cache.Keys.Skip(before).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [InlineData("/en/news", "page=2", "page=2&foo=1", "PAGE=2&bar=2", "page=02")]
    [InlineData("/en/news", "topic=research", "x=1&topic=research", "topic=research&page=1", "topic=research&year=1800")]
    [InlineData("/en/agreements", "status=implemented&nature=technical", "nature=technical&status=implemented", "nature=technical&foo=1&status=implemented")]
    public async Task An_answer_that_exists_has_one_entry_however_it_is_asked_for(string path, params string[] queries)
    {
        using var client = Client();
        await client.GetAsync(path, Cancel);
        var before = _cache.Keys.Count;
        var answers = new List<string>();
        foreach (var query in queries) answers.Add(await client.GetStringAsync($"{path}?{query}", Cancel));
        (_cache.Keys.Count - before).ShouldBe(1, string.Join('\n', _cache.Keys.Skip(before)));
        answers.Select(answer => answer == answers[0]).ShouldAllBe(isSame => isSame);
        (answers[0] == await client.GetStringAsync(path, Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task Words_that_are_sought_are_answered_and_not_kept()
    {
        using var client = Client();
        await client.GetAsync("/en/agreements", Cancel);
        await client.GetAsync("/en/agreements.json", Cancel);
        var before = _cache.Keys.Count;
        for (var i = 0; i < 5; i++)
        {
            (await client.GetStringAsync($"/en/agreements?q=customs%20{i}", Cancel)).ShouldContain($"value=\"customs {i}\"");
            await client.GetStringAsync($"/en/agreements.json?q=customs%20{i}", Cancel);
        }

        _cache.Keys.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("/en/news?page=99999", "/en/news?page=")]
    [InlineData("/en/events?page=99999", "/en/events")]
    [InlineData("/en/news?topic=nonsense&foo=bar", "/en/news")]
    [InlineData("/sr-cyrl/vesti?year=1800", "/sr-cyrl/vesti")]
    public async Task A_page_beyond_the_last_leads_to_the_last_and_other_nonsense_to_what_is_shown(string path, string place)
    {
        using var client = Client(redirects: false);
        var answer = await client.GetAsync(path, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldStartWith(place);
        (await client.GetAsync(answer.Headers.Location, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_visitor_adds_to_an_address_is_not_shown_to_the_next()
    {
        using var client = Client();
        (await client.GetStringAsync("/en/contact?hostile=1", Cancel)).ShouldNotContain("hostile");
        (await client.GetStringAsync("/en/contact", Cancel)).ShouldNotContain("hostile");
    }

    /// <summary>A site in which nobody publishes meanwhile: what is on a page, and which page is the last, stays as it is.</summary>
    public sealed class QuietSite : Site;

    /// <summary>A cache that tells under which keys answers were kept.</summary>
    private sealed class CountedCache : IOutputCacheStore
    {
        private readonly ConcurrentDictionary<string, byte[]> _entries = new();

        public List<string> Keys { get; } = [];

        public ValueTask EvictByTagAsync(string tag, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellationToken) => ValueTask.FromResult(_entries.GetValueOrDefault(key));

        public ValueTask SetAsync(string key, byte[] value, string[]? tags, TimeSpan validFor, CancellationToken cancellationToken)
        {
            // What changes only the site's version is the same entry made anew.
            var entry = Regex.Replace(key, "site=[0-9]+", "");
            if (_entries.TryAdd(key, value) && !Keys.Contains(entry)) Keys.Add(entry);
            return ValueTask.CompletedTask;
        }
    }
}
