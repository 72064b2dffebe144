using Cms.Core.Content;
using Cms.Platform.Settings;

namespace Cms.Platform.Theming;

/// <summary>The site's languages on the public site: their home pages, and where a page is in another language.</summary>
public sealed class SiteCultures(SiteSettingsRegistry settings, ContentAccess content, ContentRoutes routes, HomePage homePage)
{
    /// <summary>The set's item in a culture, or null where it has none that the reader may see.</summary>
    public async Task<ContentItem?> TranslationAsync(string set, string culture, CancellationToken cancellationToken)
    {
        var items = await content.TranslationsAsync(set, cancellationToken).ConfigureAwait(false);
        return items.FirstOrDefault(item => string.Equals(item.Culture, culture, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The home page of a culture, or null where it has none.</summary>
    public async Task<ContentItem?> HomeAsync(string culture, CancellationToken cancellationToken)
    {
        if (await homePage.FindIdAsync(content, cancellationToken).ConfigureAwait(false) is not { Length: > 0 } id) return null;
        var home = await content.ByIdAsync(id, cancellationToken).ConfigureAwait(false);
        if (home?.LocalizationSet is not { Length: > 0 } set || string.Equals(home.Culture, culture, StringComparison.OrdinalIgnoreCase)) return home;
        return await TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The item's translation, or the culture's home page where there is none.</summary>
    public async Task<string> UrlAsync(ContentItem? item, string culture, CancellationToken cancellationToken)
    {
        var translation = item?.LocalizationSet is { Length: > 0 } set
            ? await TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false)
            : null;
        translation ??= await HomeAsync(culture, cancellationToken).ConfigureAwait(false);
        return translation is null ? "/" : await routes.UrlAsync(translation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The culture whose home page's address begins this one, so that a missing page answers in the reader's language.</summary>
    public async Task<string> OfPathAsync(string path, CancellationToken cancellationToken) =>
        await FindByPathAsync(path, cancellationToken).ConfigureAwait(false) ?? settings.Current.DefaultCulture;

    /// <summary>The culture whose home page's address begins this one; null where none does.</summary>
    public async Task<string?> FindByPathAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var first = path.Trim('/').Split('/', 2)[0];
        foreach (var culture in settings.Current.SupportedCultures)
        {
            var home = await HomeAsync(culture, cancellationToken).ConfigureAwait(false);
            if (home is null) continue;
            var address = await routes.UrlAsync(home, cancellationToken).ConfigureAwait(false);
            if (address.Length > 1 && string.Equals(address.Trim('/'), first, StringComparison.OrdinalIgnoreCase)) return culture;
        }

        return null;
    }

    /// <summary>How addresses in a culture begin, such as <c>/sr</c>; empty where the culture has no home page.</summary>
    public async Task<string> PrefixAsync(string culture, CancellationToken cancellationToken) =>
        await HomeAsync(culture, cancellationToken).ConfigureAwait(false) is { } home ? "/" + ContentAccess.UrlOf(home).Trim('/').Split('/')[0] : "";
}
