using System.Globalization;
using Cms.Platform.Caching;
using Cms.Platform.Localization.Scripts;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cms.Modules.Events;

/// <summary>Calendar files, and the months' pages.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/{language}/events.ics", CalendarAsync).CachePublicAnswer();
        endpoints.MapGet("/events/{contentItemId}.ics", EventAsync).CachePublicAnswer();
        endpoints.MapGet("/{language}/calendar", ThisMonthAsync);
        endpoints.MapGet("/{language}/calendar/{year:regex(^[0-9]{{4}}$)}/{month:regex(^(0[1-9]|1[0-2])$)}", MonthAsync).CachePublicAnswer();
    }

    public static string AddressOf(string contentItemId) => $"/events/{Uri.EscapeDataString(contentItemId)}.ics";

    public static string MonthAddress(string prefix, int year, int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}/calendar/{year:0000}/{month:00}");

    private static async Task CalendarAsync(HttpContext http, EventCalendar calendar, SiteCultures cultures, SiteSettingsRegistry settings, ReadersData reader, string language)
    {
        if (await cultures.FindByPathAsync(language, http.RequestAborted) is not { } culture)
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        var entries = await calendar.AllAsync(culture, http.RequestAborted);
        await SendAsync(http, CalendarFile.Write(entries, settings.Current.SiteName, reader));
    }

    private static async Task EventAsync(HttpContext http, EventCalendar calendar, ContentAccess content, ReadersData reader, string contentItemId)
    {
        if (calendar.Read(await content.ByIdAsync(contentItemId, http.RequestAborted)) is not { } entry)
        {
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        http.Response.Headers.ContentDisposition = "attachment; filename=\"event.ics\"";
        await SendAsync(http, CalendarFile.Write([entry], reader.Text(entry.Title, entry.Item.Culture ?? ""), reader));
    }

    private static async Task ThisMonthAsync(HttpContext http, MonthPage page, SiteCultures cultures, string language)
    {
        if (await cultures.FindByPathAsync(language, http.RequestAborted) is not { } culture) await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
        else http.Response.Redirect(await page.CurrentAddressAsync(culture, http.RequestAborted));
    }

    private static async Task MonthAsync(HttpContext http, MonthPage page, SiteCultures cultures, string language, int year, int month)
    {
        var culture = await cultures.FindByPathAsync(language, http.RequestAborted);
        if (culture is not null) ContentPages.SpeakCulture(http, culture);
        if (culture is null || await page.ShapeAsync(culture, year, month, http.RequestAborted) is not { } shape)
            await ContentPages.ShowErrorAsync(http, StatusCodes.Status404NotFound);
        else await ContentPages.ShowShapeAsync(http, shape, new Page(), culture);
    }

    private static async Task SendAsync(HttpContext http, byte[] file)
    {
        http.Response.ContentType = CalendarFile.ContentType;
        http.Response.Headers.CacheControl = "public, no-cache";
        await EntityTags.WriteAsync(http, file, http.RequestAborted);
    }
}
