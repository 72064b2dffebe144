using Cms.Core.Localization;
using Cms.Platform.Caching;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Http;

namespace Cms.Modules.Sitemaps;

/// <summary>Answers at the paths of the site's sitemaps.</summary>
internal sealed class SitemapPages(SitemapCatalog catalog, SitemapEntries entries, SiteOrigin origin, ILocalizationSettings languages) : IAddressFallback
{
    public async Task<IResult?> AnswerAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var path = (http.Request.Path.Value ?? "").Trim('/');
        if (!path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) return null;
        var all = await catalog.AllAsync(http.RequestAborted).ConfigureAwait(false);
        if (all.FirstOrDefault(sitemap => string.Equals(sitemap.Path, path, StringComparison.OrdinalIgnoreCase)) is not { } found) return null;
        var body = found.IsIndex
            ? await IndexAsync(found, all, http.RequestAborted).ConfigureAwait(false)
            : SitemapXml.WriteSitemap(await entries.ReadAsync(found, http.RequestAborted).ConfigureAwait(false), origin, languages);
        return new XmlAnswer(body);
    }

    private async Task<byte[]> IndexAsync(Sitemap index, IReadOnlyList<Sitemap> all, CancellationToken cancellationToken)
    {
        var contained = new List<(string, DateTime?)>();
        foreach (var id in index.ContainedIds.Distinct(StringComparer.OrdinalIgnoreCase).Take(SitemapEntries.MaxEntries))
        {
            if (all.FirstOrDefault(sitemap => !sitemap.IsIndex && string.Equals(sitemap.Id, id, StringComparison.OrdinalIgnoreCase)) is { } sitemap)
                contained.Add((origin.Of("/" + sitemap.Path), await entries.ModifiedAsync(sitemap, cancellationToken).ConfigureAwait(false)));
        }

        return SitemapXml.WriteIndex(contained);
    }

    private sealed class XmlAnswer(byte[] body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.ContentType = "application/xml; charset=utf-8";
            httpContext.Response.Headers.CacheControl = "public, no-cache";
            return EntityTags.WriteAsync(httpContext, body, httpContext.RequestAborted);
        }
    }
}
