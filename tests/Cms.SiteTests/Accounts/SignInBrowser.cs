using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Cms.SiteTests.Accounts;

/// <summary>A browser whose cookies a test can read, keep and send again.</summary>
internal sealed class SignInBrowser : IDisposable
{
    private readonly HttpClient _client;

    public SignInBrowser(Site site, Uri? address = null) => _client = site is AppSite
        ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.ClientOptions.BaseAddress }
        : site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = address ?? site.ClientOptions.BaseAddress });

    public Dictionary<string, string> Cookies { get; } = [];

    /// <summary>The last answer's Set-Cookie headers.</summary>
    public IReadOnlyList<string> SetCookies { get; private set; } = [];

    /// <summary>The address for which a proxy on this machine says that it asks.</summary>
    public string? Address { get; set; }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, IEnumerable<KeyValuePair<string, string>>? form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = form is null ? null : new FormUrlEncodedContent(form) };
        if (Cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        if (Address is not null) request.Headers.Add("X-Forwarded-For", Address);
        var answer = await _client.SendAsync(request, cancellationToken);
        SetCookies = answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
        foreach (var pair in SetCookies.Select(header => header.Split(';')[0].Split('=', 2)))
        {
            if (pair[1].Length == 0) Cookies.Remove(pair[0]);
            else Cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    public Task<HttpResponseMessage> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends the form of a page with these fields.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string target, Dictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var html = await (await GetAsync(page, cancellationToken)).Content.ReadAsStringAsync(cancellationToken);
        return await SendAsync(HttpMethod.Post, target, SignedIn.Hidden(html).Where(field => !fields.ContainsKey(field.Key)).Concat(fields), cancellationToken);
    }

    public Task<HttpResponseMessage> TrySignInAsync(string user, string password, CancellationToken cancellationToken) =>
        SubmitAsync("/Login", "/Login", new Dictionary<string, string> { ["user"] = user, ["password"] = password }, cancellationToken);

    public async Task SignInAsync(string user, string password, CancellationToken cancellationToken) =>
        (await TrySignInAsync(user, password, cancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

    /// <summary>Whether the site takes the browser for somebody who may enter the admin.</summary>
    public async Task<bool> IsSignedInAsync(CancellationToken cancellationToken) =>
        (await GetAsync("/Admin/Contents/ContentItems", cancellationToken)).StatusCode == HttpStatusCode.OK;

    public void Dispose() => _client.Dispose();
}
