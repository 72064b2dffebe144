using Cms.Core.Content;
using Cms.Platform.Localization;
using Cms.Platform.Settings;

namespace Cms.Platform.Theming;

/// <summary>The site's languages on the public site: their home pages, and where a page is in another language.</summary>
public sealed class SiteCultures(SiteSettingsRegistry settings, ContentAccess content, ContentRoutes routes, HomePage homePage, ReaderCultures readers)
{
    /// <summary>
    /// The set's item in a culture, or null where it has none that the reader may see. In a derived culture it is the item that it
    /// derives from, at its address there.
    /// </summary>
    public async Task<ContentItem?> TranslationAsync(string set, string culture, CancellationToken cancellationToken)
    {
        var items = await content.TranslationsAsync(set, cancellationToken).ConfigureAwait(false);
        var derived = readers.Derived(culture);
        var item = items.FirstOrDefault(item => string.Equals(item.Culture, derived?.From ?? culture, StringComparison.OrdinalIgnoreCase));
        return item is null || derived is null ? item : ReaderCultures.AtDerivedAddress(item, derived);
    }

    /// <summary>The home page of a culture, or null where it has none.</summary>
    public async Task<ContentItem?> HomeAsync(string culture, CancellationToken cancellationToken)
    {
        if (await homePage.FindIdAsync(content, cancellationToken).ConfigureAwait(false) is not { Length: > 0 } id) return null;
        var home = await content.ByIdAsync(id, cancellationToken).ConfigureAwait(false);
        if (home?.LocalizationSet is not { Length: > 0 } set || string.Equals(home.Culture, culture, StringComparison.OrdinalIgnoreCase)) return home;
        return await TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The item at an address of the site, also at one of a derived culture; null where there is none that the reader may see.</summary>
    public Task<ContentItem?> AtAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        const string byId = "/Contents/ContentItems/";
        var written = readers.OfPath(path) is { } derived ? ReaderCultures.WrittenPath(path, derived) : path;
        if (written.StartsWith(byId, StringComparison.OrdinalIgnoreCase)) return content.ByIdAsync(written[byId.Length..], cancellationToken);
        if (written == "/") return HomeAsync(settings.DefaultCulture, cancellationToken);
        return routes.FindAsync(Uri.UnescapeDataString(written), cancellationToken);
    }

    /// <summary>Where the item is in a culture; null where it has no translation, or no language at all.</summary>
    public async Task<string?> TranslationUrlAsync(ContentItem? item, string culture, CancellationToken cancellationToken) =>
        item?.LocalizationSet is { Length: > 0 } set && await TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false) is { } translation
            ? await routes.UrlAsync(translation, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>The culture whose home page's address begins this one, also a derived one; null where none does.</summary>
    public async Task<string?> FindByPathAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var first = path.Trim('/').Split('/', 2)[0];
        foreach (var culture in readers.All)
        {
            var home = await HomeAsync(culture, cancellationToken).ConfigureAwait(false);
            if (home?.LocalizationSet is not null && string.Equals(ContentAccess.UrlOf(home).Trim('/'), first, StringComparison.OrdinalIgnoreCase)) return culture;
        }

        return null;
    }

    /// <summary>How addresses in a culture begin, such as <c>/sr</c>; empty where the culture has no home page of its own.</summary>
    public async Task<string> PrefixAsync(string culture, CancellationToken cancellationToken) =>
        await HomeAsync(culture, cancellationToken).ConfigureAwait(false) is { LocalizationSet.Length: > 0 } home ? "/" + ContentAccess.UrlOf(home).Trim('/').Split('/')[0] : "";
}
