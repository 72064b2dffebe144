using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Cms.Core.Content;
using Cms.Platform.Caching;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cms.Modules.Sitemaps;

/// <summary><c>/robots.txt</c> by the setting RobotsSettings, and the description of the search per language.</summary>
internal static class Robots
{
    private static readonly XNamespace OpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

    public static void MapRobots(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/robots.txt", SendRobotsAsync).CachePublicAnswer();
        endpoints.MapGet("/{language}/opensearch.xml", SendOpenSearchAsync).CachePublicAnswer();
    }

    private static async Task SendRobotsAsync(HttpContext http, SitemapCatalog sitemaps, SiteSettingsRegistry settings, SiteOrigin origin)
    {
        var robots = settings.Current.Properties["RobotsSettings"] as JsonObject ?? [];
        var text = new StringBuilder("User-agent: *\n");
        text.Append(Says(robots, "AllowAllAgents") ? "Allow: /\n" : "Disallow: /\n");
        if (Says(robots, "DisallowAdmin")) text.Append("Disallow: /Admin\nDisallow: /Login\n");
        if (robots.TextOf("AdditionalRules") is { Length: > 0 } rules) text.Append(rules.ReplaceLineEndings("\n").Trim()).Append('\n');
        foreach (var sitemap in await sitemaps.EntrancesAsync(http.RequestAborted)) text.Append(CultureInfo.InvariantCulture, $"\nSitemap: {origin.Of("/" + sitemap.Path)}\n");
        http.Response.ContentType = "text/plain; charset=utf-8";
        await EntityTags.WriteAsync(http, Encoding.UTF8.GetBytes(text.ToString()), http.RequestAborted);
    }

    private static async Task SendOpenSearchAsync(HttpContext http, SiteCultures cultures, SiteSettingsRegistry settings, SiteOrigin origin, string language)
    {
        if (await cultures.FindByPathAsync(language, http.RequestAborted) is not { } culture)
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        var search = new XElement(OpenSearch + "Url",
            new XAttribute("type", "text/html"), new XAttribute("template", origin.Of($"/search?culture={culture}&terms=") + "{searchTerms}"));
        var description = new XElement(OpenSearch + "OpenSearchDescription",
            new XElement(OpenSearch + "ShortName", Short(settings.Current.SiteName)), new XElement(OpenSearch + "Description", settings.Current.SiteName),
            new XElement(OpenSearch + "Language", culture), new XElement(OpenSearch + "InputEncoding", "UTF-8"), search);
        http.Response.ContentType = "application/opensearchdescription+xml; charset=utf-8";
        await EntityTags.WriteAsync(http, Encoding.UTF8.GetBytes(description.ToString()), http.RequestAborted);
    }

    // Both are on unless the setting turns them off.
    private static bool Says(JsonObject settings, string member) => settings[member] is null || settings.FlagOf(member);

    // OpenSearch allows a short name of 16 characters.
    private static string Short(string name) => name.Length <= 16 ? name : string.Concat(name.Split(' ').Where(word => word.Length > 0).Select(word => char.ToUpperInvariant(word[0])));
}

/// <summary>Tells browsers where the search of the page's language is described.</summary>
internal sealed class OpenSearchLink(SiteCultures cultures, SiteSettingsRegistry settings) : IPageHead
{
    public async Task CompleteAsync(Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var prefix = await cultures.PrefixAsync(CultureInfo.CurrentUICulture.Name, cancellationToken).ConfigureAwait(false);
        if (prefix.Length > 0) page.Head.AddLink([("rel", "search"), ("type", "application/opensearchdescription+xml"), ("title", settings.Current.SiteName), ("href", prefix + "/opensearch.xml")]);
    }
}
