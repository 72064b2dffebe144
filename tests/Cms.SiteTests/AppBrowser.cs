using System.Net;
using System.Text.RegularExpressions;
using Duende.IdentityModel.OidcClient.Browser;

namespace Cms.SiteTests;

/// <summary>A browser that signs in and answers the consent page, until the site sends it back to the app.</summary>
public sealed partial class AppBrowser(Uri site, string user = "admin", string password = Site.AdministratorPassword) : IBrowser, IDisposable
{
    private const int MaxSteps = 20;

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = site };

    /// <summary>What it answers when it is asked whether an app may act for the user.</summary>
    public string Consent { get; set; } = "yes";

    /// <summary>The pages on which it was asked something.</summary>
    public List<string> Asked { get; } = [];

    public HttpClient Client => _client;

    public async Task<BrowserResult> InvokeAsync(BrowserOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var end = await OpenAsync(options.StartUrl, options.EndUrl, cancellationToken);
        return new BrowserResult { ResultType = BrowserResultType.Success, Response = end };
    }

    /// <summary>Goes where the site sends it; the address of the app to which it returns, or of the page on which it ends.</summary>
    public async Task<string> OpenAsync(string address, string end, CancellationToken cancellationToken)
    {
        var place = new Uri(site, address);
        for (var step = 0; step < MaxSteps; step++)
        {
            var answer = await _client.GetAsync(place, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK) answer = await SubmitAsync(place, await answer.Content.ReadAsStringAsync(cancellationToken), cancellationToken);
            if (answer.Headers.Location is not { } location) return $"{(int)answer.StatusCode} {place}";
            place = new Uri(place, location);
            if (place.ToString().StartsWith(end, StringComparison.Ordinal)) return place.ToString();
        }

        throw new InvalidOperationException($"The site sends the browser around in circles: {place}");
    }

    private async Task<HttpResponseMessage> SubmitAsync(Uri page, string html, CancellationToken cancellationToken)
    {
        Asked.Add(page.AbsolutePath);
        var fields = HiddenInput().Matches(html).DistinctBy(match => match.Groups["name"].Value).ToDictionary(
            match => WebUtility.HtmlDecode(match.Groups["name"].Value), match => WebUtility.HtmlDecode(match.Groups["value"].Value));
        foreach (var (name, value) in new[] { ("user", user), ("password", password), ("answer", Consent) }) fields[name] = value;
        return await _client.PostAsync(page, new FormUrlEncodedContent(fields), cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)"|<input(?= )(?=[^>]*type="hidden")(?=[^>]*name="(?<name>[^"]*)")(?=[^>]*value="(?<value>[^"]*)")""")]
    private static partial Regex HiddenInput();
}
