using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Cms.Platform.Caching;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cms.SiteTests.Accounts;

/// <summary>Hosts that visitors make up neither fill memory nor get answers once the site knows its own.</summary>
public sealed class HostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string host, string path = "/robots.txt")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return await client.SendAsync(request, Cancel);
    }

    [Fact]
    public async Task Unknown_hosts_are_refused_once_the_site_knows_its_own_and_this_machine_is_not()
    {
        using var site = new SmallSite();
        using var client = site.CreateClient();
        (await GetAsync(client, "anything.example")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await TestAccounts.RunAsync(site, new JsonObject { ["name"] = "settings", ["BaseUrl"] = "https://cms.example.org" }, Cancel);
        using var refused = await GetAsync(client, "anything.example");
        refused.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("AllowedHosts");
        foreach (var host in new[] { "cms.example.org", "CMS.example.org:8443", "localhost:5000", "site.localhost", "127.0.0.1", "127.0.0.1:81", "[::1]:5000" })
            (await GetAsync(client, host)).StatusCode.ShouldBe(HttpStatusCode.OK, host);
    }

    [Fact]
    public async Task Hosts_that_are_allowed_by_configuration_are_known()
    {
        using var site = new SmallSite { Settings = { ["AllowedHosts"] = "*.example.org;localhost" } };
        using var client = site.CreateClient();
        (await GetAsync(client, "a.example.org")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(client, "anything.example")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Answers_under_more_hosts_than_a_few_are_not_cached()
    {
        using var site = new SmallSite { Settings = { ["environment"] = "Production" } };
        using var client = site.CreateClient();
        for (var i = 0; i < CachedOrigins.Max; i++) (await IsCachedAsync($"h{i.ToString(CultureInfo.InvariantCulture)}.example")).ShouldBeTrue();
        (await IsCachedAsync("one-more.example")).ShouldBeFalse();
        (await IsCachedAsync("localhost:9999")).ShouldBeFalse();
        (await IsCachedAsync("h0.example")).ShouldBeTrue();

        async Task<bool> IsCachedAsync(string host)
        {
            (await GetAsync(client, host)).StatusCode.ShouldBe(HttpStatusCode.OK);
            return (await GetAsync(client, host)).Headers.Age is not null;
        }
    }

    [Fact]
    public void An_origin_that_nobody_asks_for_makes_room_and_the_sites_own_always_has_it()
    {
        var (settings, clock) = (new SiteSettingsRegistry(), new TurnableClock());
        settings.Replace(new SiteSettings { BaseUrl = "https://cms.example.org/" });
        var origins = new CachedOrigins(settings, clock, NullLogger<CachedOrigins>.Instance);
        HttpRequest At(string host) => new DefaultHttpContext { Request = { Scheme = "https", Host = new HostString(host) } }.Request;
        for (var i = 0; i < 1000; i++) origins.Include(At($"h{i.ToString(CultureInfo.InvariantCulture)}.example")).ShouldBe(i < CachedOrigins.Max);
        origins.Include(At("cms.example.org")).ShouldBeTrue();
        clock.TurnOn(TimeSpan.FromMinutes(11));
        origins.Include(At("h999.example")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_long_address_is_answered_and_not_cached()
    {
        using var site = new SmallSite { Settings = { ["environment"] = "Production" } };
        using var client = site.CreateClient();
        var path = "/robots.txt?x=" + new string('x', 3000);
        (await GetAsync(client, "localhost", path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(client, "localhost", path)).Headers.Age.ShouldBeNull();
    }
}
