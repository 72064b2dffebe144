using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Localization;

/// <summary>Decides the culture of a page: the item's, or the visitor's where the item has none (localization contract, section 2).</summary>
public sealed class PageLanguage(SiteSettingsRegistry settings, SiteCultures cultures, ReaderCultures readers, VisitorCulture visitor)
{
    /// <summary>Where the translation is that the reader asked for; null where this page is the one to show.</summary>
    public async Task<string?> TranslationAsync(HttpContext http, ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(item);
        return Asked(http) is { } asked ? await cultures.TranslationUrlAsync(item, asked, http.RequestAborted).ConfigureAwait(false) : null;
    }

    /// <summary>Makes the item's culture the current one.</summary>
    /// <returns>The culture of everything around the content, where the reader asked for one that the item does not have.</returns>
    public string? Speak(HttpContext http, ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(item);
        if (item.Culture is not { Length: > 0 } culture)
        {
            Speak(http, OfVisitor(http));
            return null;
        }

        RememberWhereAsked(http, culture);
        if (Asked(http) is not { } asked)
        {
            Speak(http, culture);
            return null;
        }

        Speak(http, asked);
        var around = CultureInfo.CurrentUICulture.Name;
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        return around;
    }

    /// <summary>The culture of a page without content: the one asked for, that of the address, or the visitor's.</summary>
    public async Task<string> OfAddressAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return Asked(http) ?? await cultures.FindByPathAsync(http.Request.Path.Value ?? "/", http.RequestAborted).ConfigureAwait(false) ?? OfVisitor(http);
    }

    /// <summary>The culture that the address begins with, or the visitor's: for pages that are shown while content can't be read.</summary>
    public string OfPrefix(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var prefix = (http.Request.Path.Value ?? "/").Split('/') is [_, var first, ..] ? first : "";
        return settings.Current.SupportedCultures.FirstOrDefault(culture => culture.Split('-')[0].Equals(prefix, StringComparison.OrdinalIgnoreCase)) ?? OfVisitor(http);
    }

    /// <summary>Makes a culture the current one; of a derived one, the one that it derives from, whose texts are then converted.</summary>
    public void Speak(HttpContext http, string culture)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (Reader.Of(http) is { } reader) reader.Derived ??= readers.Derived(culture);
        var written = readers.Written(culture);
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(written);
        http.Response.Headers.ContentLanguage = written;
    }

    private string OfVisitor(HttpContext http)
    {
        http.Response.Headers.Append("Vary", "Accept-Language, Cookie");
        return visitor.Of(http.Request);
    }

    private void RememberWhereAsked(HttpContext http, string culture)
    {
        if (settings.Current.Properties["ContentRequestCultureProviderSettings"] is not System.Text.Json.Nodes.JsonObject options || !options.FlagOf("SetCookie")) return;
        var read = Reader.Of(http)?.Derived?.Culture ?? culture;
        if (visitor.Remembered(http.Request) != read) visitor.Remember(http.Response, read);
    }

    private string? Asked(HttpContext http)
    {
        var asked = http.Request.Query[CulturePicker.AskedFor].ToString();
        return asked.Length == 0 ? null : readers.All.FirstOrDefault(culture => string.Equals(culture, asked, StringComparison.OrdinalIgnoreCase));
    }
}
