using System.Globalization;
using Cms.Platform.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Localization;

/// <summary>How long a visitor's choice of language is remembered.</summary>
public sealed class CulturePickerOptions
{
    public const string Section = "OrchardCore:OrchardCore_ContentLocalization_CulturePickerOptions";

    /// <summary>In days, 1 to 3650.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 3650)]
    public int CookieLifeTime { get; set; } = 14;
}

/// <summary>
/// Which culture a visitor reads where the address does not say it (localization contract, section 2): the query string, then
/// what they chose before, then what their browser asks for, then the site's default. May be a derived culture.
/// </summary>
public sealed class VisitorCulture(SiteSettingsRegistry settings, ReaderCultures cultures, IOptions<CulturePickerOptions> options)
{
    /// <summary>The choice in the admin, which is another than on the site.</summary>
    private const string AdminCookie = "admin_culture_Default";

    public string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Match(request.Query["ui-culture"]) ?? Match(request.Query["culture"]) ?? OfCookie(request, CookieRequestCultureProvider.DefaultCookieName)
            ?? OfBrowser(request) ?? settings.DefaultCulture;
    }

    /// <summary>The culture of the admin's texts; its choice comes before all others.</summary>
    public string OfEditor(HttpRequest request) => cultures.Written(OfCookie(request, AdminCookie) ?? Of(request));

    /// <summary>The culture that the visitor chose on the site before, or null.</summary>
    public string? Remembered(HttpRequest request) => OfCookie(request, CookieRequestCultureProvider.DefaultCookieName);

    /// <summary>Keeps the choice in the contract's cookie.</summary>
    public void Remember(HttpResponse response, string culture) => Remember(response, CookieRequestCultureProvider.DefaultCookieName, culture);

    public void RememberForEditor(HttpResponse response, string culture) => Remember(response, AdminCookie, culture);

    /// <summary>The culture of the site that a reader's name for a language means: itself, a parent, or the same language in the site's script.</summary>
    public string? Match(string? requested)
    {
        if (string.IsNullOrWhiteSpace(requested)) return null;
        var known = cultures.All;
        for (var name = requested; name.Length > 0; name = name.LastIndexOf('-') is var cut and > 0 ? name[..cut] : "")
        {
            if (known.FirstOrDefault(culture => string.Equals(culture, name, StringComparison.OrdinalIgnoreCase)) is { } exact) return exact;
        }

        var language = requested.Split('-')[0];
        return known.FirstOrDefault(culture => string.Equals(culture.Split('-')[0], language, StringComparison.OrdinalIgnoreCase));
    }

    private string? OfCookie(HttpRequest request, string name)
    {
        if (request.Cookies[name] is not { Length: > 0 } value) return null;
        return Match(CookieRequestCultureProvider.ParseCookieValue(value)?.UICultures.FirstOrDefault().Value);
    }

    private string? OfBrowser(HttpRequest request) => request.Headers.AcceptLanguage.Count == 0
        ? null
        : request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1).Where(language => language.Quality is not 0)
            .Select(language => Match(language.Value.Value)).FirstOrDefault(culture => culture is not null);

    private void Remember(HttpResponse response, string cookie, string culture)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Cookies.Append(
            cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureInfo.GetCultureInfo(culture))),
            new CookieOptions { MaxAge = TimeSpan.FromDays(options.Value.CookieLifeTime), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
    }
}
