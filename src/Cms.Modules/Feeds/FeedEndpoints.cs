using Cms.Core.ContentTypes;
using Cms.Platform.Caching;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cms.Modules.Feeds;

/// <summary><c>/en/feeds/news.rss</c> and its like.</summary>
internal static class FeedEndpoints
{
    public static void MapFeeds(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/{language}/feeds/{section}.{format}", SendAsync).CachePublicAnswer();

    private static async Task SendAsync(HttpContext http, SiteCultures cultures, FeedReader feeds, string language, string section, string format)
    {
        var culture = await cultures.FindByPathAsync(language, http.RequestAborted);
        if (culture is null || FeedSection.Find(section) is not { } found || !FeedFormats.All.TryGetValue(format, out var written))
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        ContentPages.SpeakCulture(http, culture);
        var feed = await feeds.ReadAsync(found, culture, http.Request.Path.Value!, http.RequestAborted);
        http.Response.ContentType = written.ContentType;
        http.Response.Headers.CacheControl = "public, no-cache";
        await EntityTags.WriteAsync(http, written.Write(feed), http.RequestAborted);
    }
}

/// <summary>Tells readers of pages where the feeds of their language are.</summary>
internal sealed class FeedLinks(SiteCultures cultures, FeedReader feeds, ContentDefinitionRegistry definitions) : IPageHead
{
    public async Task CompleteAsync(Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var prefix = await cultures.PrefixAsync(System.Globalization.CultureInfo.CurrentUICulture.Name, cancellationToken).ConfigureAwait(false);
        if (prefix.Length == 0) return;
        foreach (var section in FeedSection.All.Where(section => definitions.Current.Type(section.ContentType) is not null))
        {
            foreach (var (format, (type, _)) in FeedFormats.All)
                page.Head.AddLink([("rel", "alternate"), ("type", type.Split(';')[0]), ("title", $"{feeds.TitleOf(section)} ({FeedFormats.NameOf(format)})"), ("href", section.Address(prefix, format))]);
        }
    }
}
