using System.Net;
using AngleSharp.Html.Parser;

namespace Cms.SiteTests.Publishing;

/// <summary>Signs a client in by the form, as an editor does.</summary>
internal static class SignIn
{
    public static async Task AsAdministratorAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/Login", cancellationToken));
        var hidden = page.QuerySelectorAll("input[type=hidden]").Select(input => KeyValuePair.Create(input.GetAttribute("name")!, input.GetAttribute("value") ?? ""));
        using var form = new FormUrlEncodedContent([.. hidden, new("user", "admin"), new("password", Site.AdministratorPassword)]);
        (await client.PostAsync("/Login", form, cancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
