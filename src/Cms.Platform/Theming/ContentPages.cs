using System.Globalization;
using System.Net;
using System.Text;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Caching;
using Cms.Platform.Localization;
using Cms.Platform.Storage;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Templates;
using Fluid.Values;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Theming;

/// <summary>The public site: home, content by address, language switch and the theme's files.</summary>
public static partial class ContentPages
{
    private static readonly FileExtensionContentTypeProvider ContentTypes = new();

    /// <summary>The one foreign site whose frames a theme may show: it sets no cookies before a reader starts a video.</summary>
    private const string Videos = "https://www.youtube-nocookie.com";

    public static void MapContentPages(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], ShowHomeAsync).CacheOutput(PublicAnswers.Name);
        endpoints.MapMethods("/Contents/ContentItems/{contentItemId}", [HttpMethods.Get, HttpMethods.Head], ShowByIdAsync).CacheOutput(PublicAnswers.Name);
        endpoints.MapGet("/Preview/{contentItemId}", PreviewAsync);
        endpoints.MapFallback("{*path}", ShowByPathAsync).CacheOutput(PublicAnswers.Name);
    }

    /// <summary>The home page itself, or where it has translations the way to the reader's.</summary>
    private static async Task ShowHomeAsync(HttpContext http, SiteCultures cultures, VisitorCulture visitor, ContentRoutes routes)
    {
        var culture = visitor.Of(http.Request);
        if (await cultures.HomeAsync(culture, http.RequestAborted) is not { } home) await ShowErrorAsync(http, StatusCodes.Status404NotFound);
        else if (await routes.UrlAsync(home, http.RequestAborted) is { Length: > 1 } address)
        {
            http.Response.Headers.Vary = "Accept-Language, Cookie";
            http.Response.Headers.CacheControl = "private, no-cache";
            http.Response.Redirect(address);
        }
        else await ShowAsync(http, home);
    }

    private static async Task ShowByIdAsync(HttpContext http, ContentAccess content, string contentItemId) =>
        await ShowAsync(http, await content.ByIdAsync(contentItemId, http.RequestAborted));

    /// <summary>The item as it would look if its latest version were published, for those who may preview it.</summary>
    private static async Task PreviewAsync(
        HttpContext http, IContentStore store, ICurrentUser user, ContentAccess content, PreviewPages pages, string contentItemId)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        var item = await store.FindAsync(contentItemId, ContentStatus.Latest, http.RequestAborted);
        if (item is null || !user.User.Allows(ContentAction.Preview, item))
        {
            await ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        content.Preview(item);
        await ShowAsync(http, await pages.FindAsync(item, http.RequestAborted) ?? item);
    }

    private static async Task ShowByPathAsync(
        HttpContext http, ContentRoutes routes, ThemePaths files, IEnumerable<IAddressFallback> fallbacks)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET, HEAD";
            return;
        }

        var path = http.Request.Path.Value ?? "/";
        if (files.File(path) is { } file)
        {
            await SendFileAsync(http, file);
            return;
        }

        var item = await routes.FindAsync(path, http.RequestAborted);
        if (item is null)
        {
            await ShowFallbackAsync(http, fallbacks);
            return;
        }

        var canonical = await routes.UrlAsync(item, http.RequestAborted);
        if (IsOtherSpelling(canonical, path))
            http.Response.Redirect(canonical + http.Request.QueryString, permanent: true);
        else await ShowAsync(http, item);
    }

    private static async Task ShowFallbackAsync(HttpContext http, IEnumerable<IAddressFallback> fallbacks)
    {
        foreach (var fallback in fallbacks)
        {
            if (await fallback.AnswerAsync(http) is not { } answer) continue;
            await answer.ExecuteAsync(http);
            return;
        }

        await ShowErrorAsync(http, StatusCodes.Status404NotFound);
    }

    /// <summary>The home page keeps its own path beside the root; every other address has one spelling.</summary>
    private static bool IsOtherSpelling(string canonical, string path) =>
        canonical != path && string.Equals(canonical, "/" + path.Trim('/'), StringComparison.OrdinalIgnoreCase);

    private static async Task SendFileAsync(HttpContext http, string file)
    {
        http.Response.ContentType = ContentTypes.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        http.Response.Headers.CacheControl = http.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=3600";
        var info = new FileInfo(file);
        await Results.File(file, http.Response.ContentType, lastModified: info.LastWriteTimeUtc, enableRangeProcessing: true).ExecuteAsync(http);
    }

    private static async Task ShowAsync(HttpContext http, ContentItem? item)
    {
        if (item is null)
        {
            await ShowErrorAsync(http, StatusCodes.Status404NotFound);
            return;
        }

        var languages = http.RequestServices.GetRequiredService<PageLanguage>();
        if (await languages.TranslationAsync(http, item) is { } translation) http.Response.Redirect(translation);
        else await ShowItemAsync(http, item, new Page { Item = item, ReaderCulture = languages.Speak(http, item) });
    }

    /// <summary>An item as a page of the theme, in the culture that is the current one. The status is the one that the response has.</summary>
    public static async Task ShowItemAsync(HttpContext http, ContentItem item, Page page)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(item);
        await WriteAsync(http, http.RequestServices.GetRequiredService<ContentShapes>().Build(item), page);
    }

    /// <summary>A shape as a page of the theme, in a culture; without one in the site's default. The status is the one that the response has.</summary>
    public static async Task ShowShapeAsync(HttpContext http, Shape shape, Page page, string? culture)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(page);
        SpeakCulture(http, culture);
        await WriteAsync(http, shape, page);
    }

    /// <summary>The theme's page for a status, in the language that the address begins with.</summary>
    public static async Task ShowErrorAsync(HttpContext http, int status, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.StatusCode = status;
        if (http.Features.Get<IExceptionHandlerFeature>()?.Error is LiquidTemplateException wrong && http.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            await TemplateErrorPage.WriteAsync(http, wrong);
            return;
        }

        try
        {
            var languages = http.RequestServices.GetRequiredService<PageLanguage>();
            languages.Speak(http, await languages.OfAddressAsync(http));
            var shape = new Shape($"HttpError__{status}");
            shape.Alternates.Add($"HttpError__{(HttpStatusCode)status}");
            shape.Alternates.Add($"HttpError__{status}");
            shape.Properties["Code"] = NumberValue.Create(status);
            if (reason is not null) shape.Properties["Reason"] = new StringValue(Translated(http, reason));
            await WriteAsync(http, shape, new Page());
        }
        catch (Exception problem) when (problem is not OperationCanceledException && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            // Whatever is broken, the reader gets a page; the log gets the reason, unless it is the very one that led here.
            if (reason is null) LogErrorPageFailed(http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ContentPages)), problem, status);
            var languages = http.RequestServices.GetRequiredService<PageLanguage>();
            languages.Speak(http, languages.OfPrefix(http));
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/html; charset=utf-8";
            var (language, text) = (CultureInfo.CurrentUICulture.Name, WebUtility.HtmlEncode(Translated(http, reason ?? "Please try again later.")));
            await http.Response.WriteAsync($"<!doctype html><html lang=\"{language}\"><title>{status}</title><h1>{status}</h1><p>{text}</p></html>", http.RequestAborted);
        }
    }

    /// <summary>A reason in the language of the page, out of the platform's own texts: a theme need not know it.</summary>
    private static string Translated(HttpContext http, string reason) =>
        new PoStringLocalizer(http.RequestServices.GetRequiredService<Translations>(), typeof(StorageFailure).FullName)[reason].Value;

    /// <summary>Texts, dates and numbers of the answer are in this culture; without one in the site's default.</summary>
    public static void SpeakCulture(HttpContext http, string? culture)
    {
        ArgumentNullException.ThrowIfNull(http);
        var services = http.RequestServices;
        services.GetRequiredService<PageLanguage>().Speak(http, culture ?? services.GetRequiredService<Settings.SiteSettingsRegistry>().DefaultCulture);
    }

    private static async Task WriteAsync(HttpContext http, Shape shape, Page page)
    {
        var html = await http.RequestServices.GetRequiredService<ThemeRenderer>().RenderPageAsync(shape, page, http.RequestAborted);
        if (page.UnderstoodQuery is { } understood && !ObservedQuery.Means(http.Request, understood))
        {
            http.Response.Redirect(http.Request.PathBase + http.Request.Path + understood);
            return;
        }

        http.Response.ContentType = "text/html; charset=utf-8";
        AllowBlocks(http.Response, page.Resources);
        if (html.Contains($"src=\"{Videos}/", StringComparison.Ordinal)) http.Response.Headers.ContentSecurityPolicy += $"; frame-src {Videos}";
        var body = Encoding.UTF8.GetBytes(html);
        if (http.Response.StatusCode != StatusCodes.Status200OK)
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
            return;
        }

        // A page for somebody who is signed in may show more than the public may see.
        if (http.Response.Headers.CacheControl.Count == 0)
            http.Response.Headers.CacheControl = page.IsPersonal || http.User.Identity?.IsAuthenticated == true ? "private, no-cache" : "public, no-cache";
        await EntityTags.WriteAsync(http, body, http.RequestAborted);
    }

    /// <summary>Lets the blocks of style and script that the theme itself wrote into the page run, and no other.</summary>
    private static void AllowBlocks(HttpResponse response, PageResources resources)
    {
        if (resources.StyleHashes.Count == 0 && resources.ScriptHashes.Count == 0) return;
        var policy = response.Headers.ContentSecurityPolicy.ToString();
        if (resources.StyleHashes.Count > 0) policy += $"; style-src 'self' {string.Join(' ', resources.StyleHashes)}";
        if (resources.ScriptHashes.Count > 0) policy += $"; script-src 'self' {string.Join(' ', resources.ScriptHashes)}";
        response.Headers.ContentSecurityPolicy = policy;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The page for status {Status} could not be shown")]
    private static partial void LogErrorPageFailed(ILogger logger, Exception problem, int status);
}
