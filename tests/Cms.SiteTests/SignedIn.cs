using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Cms.SiteTests;

/// <summary>Clients of users who signed in, as a browser does.</summary>
public static partial class SignedIn
{
    public static Task<HttpClient> AdministratorAsync(Site site, CancellationToken cancellationToken) => AsAsync(site, "admin", Site.AdministratorPassword, cancellationToken);

    public static async Task<HttpClient> AsAsync(Site site, string user, string password, CancellationToken cancellationToken)
    {
        // On a real port, the factory's clients follow redirects whatever their options say.
        var client = site is AppSite
            ? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = site.ClientOptions.BaseAddress }
            : site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = site.ClientOptions.BaseAddress });
        var page = await client.GetStringAsync("/Login", cancellationToken);
        var fields = Hidden(page).Append(KeyValuePair.Create("user", user)).Append(KeyValuePair.Create("password", password));
        var answer = await client.PostAsync("/Login", new FormUrlEncodedContent(fields), cancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    /// <summary>The hidden inputs of a page, the first of each name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Hidden(string page) => HiddenInput().Matches(page)
        .Select(match => KeyValuePair.Create(WebUtility.HtmlDecode(match.Groups["name"].Value), WebUtility.HtmlDecode(match.Groups["value"].Value))).DistinctBy(pair => pair.Key);

    [GeneratedRegex("""<input(?= )(?=[^>]*type="hidden")(?=[^>]*name="(?<name>[^"]*)")(?=[^>]*value="(?<value>[^"]*)")""")]
    private static partial Regex HiddenInput();
}
