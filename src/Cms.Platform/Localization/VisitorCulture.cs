using Cms.Platform.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;

namespace Cms.Platform.Localization;

/// <summary>Which of the site's languages a visitor reads: what they chose, then what their browser asks for, then the default.</summary>
public sealed class VisitorCulture(SiteSettingsRegistry settings)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    public string Of(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var cookie = CookieRequestCultureProvider.ParseCookieValue(request.Cookies[CookieRequestCultureProvider.DefaultCookieName] ?? "");
        if (Match(cookie?.UICultures.FirstOrDefault().Value) is { } chosen) return chosen;
        return request.GetTypedHeaders().AcceptLanguage.OrderByDescending(language => language.Quality ?? 1)
            .Where(language => language.Quality is not 0).Select(language => Match(language.Value.Value)).FirstOrDefault(culture => culture is not null)
            ?? settings.DefaultCulture;
    }

    /// <summary>Keeps the choice in the contract's cookie.</summary>
    public static void Remember(HttpResponse response, string culture)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Cookies.Append(
            CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
            new CookieOptions { MaxAge = Remembered, SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
    }

    /// <summary>The supported culture that a reader's name for a language means: itself, a parent or child, or the same language in the site's script.</summary>
    public string? Match(string? requested)
    {
        if (string.IsNullOrWhiteSpace(requested)) return null;
        var supported = settings.SupportedCultures;
        for (var name = requested; name.Length > 0; name = name.LastIndexOf('-') is var cut and > 0 ? name[..cut] : "")
        {
            if (supported.FirstOrDefault(culture => string.Equals(culture, name, StringComparison.OrdinalIgnoreCase)) is { } exact) return exact;
        }

        var language = requested.Split('-')[0];
        return supported.FirstOrDefault(culture => string.Equals(culture.Split('-')[0], language, StringComparison.OrdinalIgnoreCase));
    }
}
