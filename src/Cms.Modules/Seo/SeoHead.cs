using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Localization;
using Cms.Platform.Settings;
using Cms.Platform.Theming;

namespace Cms.Modules.Seo;

/// <summary>
/// Adds to the head of an item's page what the contract's elements (<see cref="SeoPagePart"/>) leave out: where the page is in which
/// language, a description and a kind for social networks where nothing says one, and JSON-LD.
/// </summary>
internal sealed class SeoHead(SiteOrigin origin, SiteCultures cultures, ContentRoutes routes, ReaderCultures readers, SiteSettingsRegistry settings, PageSchema schema) : IPageHead
{
    public async Task CompleteAsync(Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Item is not { } item) return;
        var seo = SeoValues.Of(item);
        Describe(page.Head, item, seo);
        await AddTranslationsAsync(page.Head, item, cancellationToken).ConfigureAwait(false);
        foreach (var json in await schema.OfAsync(item, seo, cancellationToken).ConfigureAwait(false))
            page.Resources.Add(new PageResource(false, "", ResourceLocation.Head, $"<script type=\"application/ld+json\">{PageSchema.Write(json)}</script>", []));
    }

    private void Describe(PageHead head, ContentItem item, SeoValues seo)
    {
        var isArticle = item.ContentType is "NewsPost" or "Agreement";
        head.AddMissing("name", "description", seo.Description);
        head.AddMissing("property", "og:description", seo.Description);
        head.AddMeta([("property", "og:locale"), ("content", LocaleOf(item.Culture ?? settings.DefaultCulture))]);
        head.AddMissing("property", "og:type", isArticle ? "article" : "website");
        if (isArticle && item.PublishedUtc is { } published) head.AddMissing("property", "article:published_time", JsonValues.WriteMoment(published));
        head.AddMissing("name", "twitter:card", seo.Image("TwitterImage") is null ? "summary" : "summary_large_image");
    }

    /// <summary>Social networks name languages with a country: <c>sr_RS</c>.</summary>
    private static string LocaleOf(string culture)
    {
        var parts = CultureInfo.CreateSpecificCulture(culture).Name.Split('-');
        return $"{parts[0]}_{parts[^1]}";
    }

    /// <summary>The item's translations that there are, itself among them; where a reader of any other language goes, is the site's default.</summary>
    private async Task AddTranslationsAsync(PageHead head, ContentItem item, CancellationToken cancellationToken)
    {
        if (item.LocalizationSet is not { Length: > 0 } set) return;
        foreach (var culture in readers.All)
        {
            if (await cultures.TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false) is not { } translation) continue;
            var address = origin.Of(await routes.UrlAsync(translation, cancellationToken).ConfigureAwait(false));
            head.AddLink([("rel", "alternate"), ("hreflang", culture), ("href", address)]);
            if (string.Equals(culture, settings.DefaultCulture, StringComparison.OrdinalIgnoreCase)) head.AddLink([("rel", "alternate"), ("hreflang", "x-default"), ("href", address)]);
        }
    }
}
