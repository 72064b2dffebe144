using Cms.Core.Content;
using Cms.Platform.Settings;

namespace Cms.Platform.Theming;

/// <summary>The site's languages on the public site: their home pages, and where a page is in another language.</summary>
public sealed class SiteCultures(SiteSettingsRegistry settings, ContentAccess content)
{
    /// <summary>The home page of a culture, or null where it has none.</summary>
    public async Task<ContentItem?> HomeAsync(string culture, CancellationToken cancellationToken)
    {
        if (settings.Current.Properties["HomeRoute"]?["ContentItemId"]?.ToString() is not { Length: > 0 } id) return null;
        var home = await content.ByIdAsync(id, cancellationToken).ConfigureAwait(false);
        if (home?.LocalizationSet is not { Length: > 0 } set || string.Equals(home.Culture, culture, StringComparison.OrdinalIgnoreCase)) return home;
        return await content.TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The item's translation, or the culture's home page where there is none.</summary>
    public async Task<string> UrlAsync(ContentItem? item, string culture, CancellationToken cancellationToken)
    {
        var translation = item?.LocalizationSet is { Length: > 0 } set
            ? await content.TranslationAsync(set, culture, cancellationToken).ConfigureAwait(false)
            : null;
        translation ??= await HomeAsync(culture, cancellationToken).ConfigureAwait(false);
        return translation is null ? "/" : ContentAccess.UrlOf(translation);
    }

    /// <summary>The culture whose home page's address begins this one, so that a missing page answers in the reader's language.</summary>
    public async Task<string> OfPathAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var first = path.Trim('/').Split('/', 2)[0];
        foreach (var culture in settings.Current.SupportedCultures)
        {
            var home = await HomeAsync(culture, cancellationToken).ConfigureAwait(false);
            if (home is not null && string.Equals(ContentAccess.UrlOf(home).Trim('/'), first, StringComparison.OrdinalIgnoreCase)) return culture;
        }

        return settings.Current.DefaultCulture;
    }
}
