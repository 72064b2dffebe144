using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Cms.Platform.Localization;

/// <summary>Where a reader's choice of a language leads (localization contract, section 3): to the same content, always on this site.</summary>
public static class CulturePicker
{
    /// <summary>Asks for a page in a culture that it may not have: the page is then shown as it is, and says so in that culture.</summary>
    public const string AskedFor = "language";

    private const string Path = "/RedirectToLocalizedContent";

    public static void MapCulturePicker(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, ChooseAsync);

    /// <summary>The address of the choice.</summary>
    /// <param name="culture">The culture to read.</param>
    /// <param name="path">The page that is read now.</param>
    /// <param name="query">Its query string; empty or with its question mark.</param>
    public static string Url(string culture, string path, string query)
    {
        var url = $"{Path}?targetCulture={Uri.EscapeDataString(culture)}&contentItemUrl={Uri.EscapeDataString(path)}";
        return Without(query) is { Length: > 0 } rest ? $"{url}&queryStringValue={Uri.EscapeDataString(rest)}" : url;
    }

    private static async Task<IResult> ChooseAsync(
        HttpContext http, SiteCultures cultures, VisitorCulture visitor, SiteSettingsRegistry settings, ReaderCultures readers,
        string? targetCulture, string? contentItemUrl, string? queryStringValue)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var back = Local(contentItemUrl);
        var query = Without(queryStringValue ?? "");
        var chosen = readers.All.FirstOrDefault(culture => string.Equals(culture, targetCulture, StringComparison.OrdinalIgnoreCase));
        if (chosen is null) return Results.LocalRedirect(back + query);
        var options = settings.Current.Properties["ContentCulturePickerSettings"] as JsonObject;
        if (options?["SetCookie"] is null || options.FlagOf("SetCookie")) visitor.Remember(http.Response, chosen);
        var item = await cultures.AtAsync(back, http.RequestAborted);
        if (await cultures.TranslationUrlAsync(item, chosen, http.RequestAborted) is { } translation) return Results.LocalRedirect(translation + query);
        if (options?.FlagOf("RedirectToHomepage") == true && await cultures.HomeAsync(chosen, http.RequestAborted) is { } home)
            return Results.LocalRedirect(ContentAccess.UrlOf(home));

        // What has no language in its address follows the cookie.
        var isInLanguage = item?.LocalizationSet is not null || await cultures.FindByPathAsync(back, http.RequestAborted) is not null;
        return Results.LocalRedirect(back + (isInLanguage ? QueryHelpers.AddQueryString(query, AskedFor, chosen) : query));
    }

    /// <summary>The path if it is one of this site; its root otherwise.</summary>
    private static string Local(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && !path.Any(char.IsControl)
            ? new PathString(path.Split('?', '#')[0]).ToUriComponent()
            : "/";

    /// <summary>The query string without what an earlier choice added; empty or with its question mark.</summary>
    private static string Without(string query)
    {
        var values = QueryHelpers.ParseQuery(query.StartsWith('?') ? query : "");
        values.Remove(AskedFor);
        values.Remove("culture");
        values.Remove("ui-culture");
        return QueryString.Create(values).Value ?? "";
    }
}
