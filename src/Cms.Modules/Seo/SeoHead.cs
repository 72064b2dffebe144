using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Localization;
using Cms.Platform.Settings;
using Cms.Platform.Theming;

namespace Cms.Modules.Seo;

/// <summary>Completes the head of an item's page. What a template said itself stays, unless the item's SeoMetaPart says otherwise.</summary>
internal sealed class SeoHead(SiteOrigin origin, SiteCultures cultures, SiteSettingsRegistry settings, PageSchema schema) : IPageHead
{
    public async Task CompleteAsync(Page page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Item is not { } item) return;
        var seo = SeoValues.Of(item);
        var address = seo.Text("Canonical") is { Length: > 0 } canonical ? origin.Of(canonical) : origin.Of(ContentAccess.UrlOf(item));
        if (seo.Text("PageTitle") is { Length: > 0 } title)
        {
            page.Title.Clear();
            page.Title.Add(title);
        }

        Describe(page, seo);
        page.AddLink(("rel", "canonical"), ("href", address));
        await AddTranslationsAsync(page, item, cancellationToken).ConfigureAwait(false);
        AddOpenGraph(page, item, seo, address);
        AddTwitter(page, seo);
        foreach (var json in await schema.OfAsync(item, seo, cancellationToken).ConfigureAwait(false))
            page.Meta.Add($"<script type=\"application/ld+json\">{PageSchema.Write(json)}</script>");
    }

    private static void Describe(Page page, SeoValues seo)
    {
        const string Description = "<meta name=\"description\"";
        if (seo.Text("MetaDescription").Length > 0) page.Meta.RemoveAll(meta => meta.StartsWith(Description, StringComparison.Ordinal));
        if (seo.Description.Length > 0 && !page.Meta.Exists(meta => meta.StartsWith(Description, StringComparison.Ordinal))) page.AddMeta(("name", "description"), ("content", seo.Description));
        if (seo.Text("MetaKeywords") is { Length: > 0 } keywords) page.AddMeta(("name", "keywords"), ("content", keywords));
        if (seo.Text("MetaRobots") is { Length: > 0 } robots) page.AddMeta(("name", "robots"), ("content", robots));
        foreach (var tag in seo.CustomTags) page.AddMeta(tag);
    }

    /// <summary>The item's translations that there are, itself among them; where a reader of any other language goes, is the site's default.</summary>
    private async Task AddTranslationsAsync(Page page, ContentItem item, CancellationToken cancellationToken)
    {
        if (item.LocalizationSet is not { Length: > 0 } set) return;
        foreach (var culture in settings.SupportedCultures)
        {
            if (await cultures.TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false) is not { } translation) continue;
            var address = origin.Of(ContentAccess.UrlOf(translation));
            page.AddLink(("rel", "alternate"), ("hreflang", culture), ("href", address));
            if (string.Equals(culture, settings.DefaultCulture, StringComparison.OrdinalIgnoreCase)) page.AddLink(("rel", "alternate"), ("hreflang", "x-default"), ("href", address));
        }
    }

    private void AddOpenGraph(Page page, ContentItem item, SeoValues seo, string address)
    {
        var type = seo.Text("OpenGraphType") is { Length: > 0 } chosen ? chosen : item.ContentType is "NewsPost" or "Agreement" ? "article" : "website";
        Property(page, "og:type", type);
        Property(page, "og:site_name", settings.Current.SiteName);
        Property(page, "og:title", seo.First("OpenGraphTitle", seo.Title));
        Property(page, "og:description", seo.First("OpenGraphDescription", seo.Description));
        Property(page, "og:url", address);
        Property(page, "og:locale", LocaleOf(item.Culture ?? settings.DefaultCulture));
        if (type == "article" && item.PublishedUtc is { } published) Property(page, "article:published_time", JsonValues.WriteMoment(published));
        if (seo.Image("OpenGraphImage") is not { } image) return;
        Property(page, "og:image", origin.Of(image.Url));
        Property(page, "og:image:alt", image.Text);
    }

    private void AddTwitter(Page page, SeoValues seo)
    {
        var image = seo.Image("TwitterImage");
        Name(page, "twitter:card", seo.First("TwitterCard", image is null ? "summary" : "summary_large_image"));
        Name(page, "twitter:title", seo.Text("TwitterTitle"));
        Name(page, "twitter:description", seo.Text("TwitterDescription"));
        Name(page, "twitter:creator", seo.Text("TwitterCreator"));
        Name(page, "twitter:site", seo.Text("TwitterSite"));
        if (image is not null) Name(page, "twitter:image", origin.Of(image.Value.Url));
    }

    private static void Property(Page page, string name, string value)
    {
        if (value.Length > 0) page.AddMeta(("property", name), ("content", value));
    }

    private static void Name(Page page, string name, string value)
    {
        if (value.Length > 0) page.AddMeta(("name", name), ("content", value));
    }

    /// <summary>Social networks name languages with a country: <c>sr_RS</c>.</summary>
    private static string LocaleOf(string culture)
    {
        var parts = System.Globalization.CultureInfo.CreateSpecificCulture(culture).Name.Split('-');
        return $"{parts[0]}_{parts[^1]}";
    }
}
