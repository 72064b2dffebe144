using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Platform.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.OpenApi;

/// <summary>
/// Lets Scalar's page run under the content security policy: its own inline scripts are named in it by their hashes, for this
/// page alone.
/// </summary>
internal static partial class ScalarPage
{
    public static async Task AllowScriptsAsync(HttpContext http, RequestDelegate next)
    {
        var body = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }

        if (http.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
        {
            var html = Encoding.UTF8.GetString(page.GetBuffer(), 0, (int)page.Length);
            SecurityHeaders.AllowInline(http.Response, InlineScript().Matches(html).Select(match => Hash(match.Groups["code"].Value)));
        }

        page.Position = 0;
        await page.CopyToAsync(body, http.RequestAborted);
    }

    private static string Hash(string code) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    [GeneratedRegex("""<script(?![^>]*\bsrc=)[^>]*>(?<code>.*?)</script>""", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex InlineScript();
}
