using Cms.Platform.Media.Images;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Cms.Platform.Media;

/// <summary>Serves media files at <c>/media</c>: as they are, in ranges and with entity tags, or resized where the address asks for it.</summary>
public static class MediaEndpoints
{
    /// <summary>Whatever a file contains, it runs nothing and loads nothing in the site's name.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private const int SecondsPerDay = 86_400;

    public static void MapMedia(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(MediaUrls.Prefix + "{**path}", [HttpMethods.Get, HttpMethods.Head], ServeAsync).WithName("Media");

    private static async Task<IResult> ServeAsync(
        HttpContext http, IMediaStorage storage, MediaTypes types, ResizedImages images, ImageTokens tokens, IOptions<MediaOptions> options, string? path)
    {
        if (path is null || types.Of(path) is not { } type) return Results.NotFound();
        if (await storage.FindAsync(path, http.RequestAborted) is not { } file) return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        try
        {
            var asked = type.IsImage ? ImageCommands.Of(http.Request.Query) : new Dictionary<string, string>();
            if (asked.Count == 0) return await OriginalAsync(http, storage, file, type, options.Value);
            var commands = ImageCommands.Read(asked);
            CheckRight(http.Request.Query[ImageTokens.Parameter].ToString(), asked, commands, tokens, options.Value);
            return await ResizedAsync(http, images, file, commands, options.Value);
        }
        catch (ImageCommandException problem)
        {
            return Problem(http, StatusCodes.Status400BadRequest, "The address asks for an image that can't be made.", problem.Message);
        }
        catch (ImageException problem)
        {
            return Problem(http, StatusCodes.Status422UnprocessableEntity, "The image can't be resized.", problem.Message);
        }
        catch (ImagesBusyException problem)
        {
            http.Response.Headers.RetryAfter = "10";
            return Problem(http, StatusCodes.Status503ServiceUnavailable, "The image is not ready.", problem.Message);
        }
    }

    private static async Task<IResult> OriginalAsync(HttpContext http, IMediaStorage storage, StoredFile file, MediaType type, MediaOptions options)
    {
        if (await storage.OpenAsync(file, http.RequestAborted) is not { } content) return Results.NotFound();
        Cache(http, file, options);
        return Results.Stream(content, type.ContentType, type.IsShown ? null : file.Name, file.ModifiedUtc, Tag(file.Version), enableRangeProcessing: true);
    }

    private static async Task<IResult> ResizedAsync(HttpContext http, ResizedImages images, StoredFile file, ImageCommands commands, MediaOptions options)
    {
        if (await images.OpenAsync(file, commands, http.RequestAborted) is not { } image) return Results.NotFound();
        Cache(http, file, options);
        return Results.Stream(image.Content, image.ContentType, null, file.ModifiedUtc, Tag(image.Version), enableRangeProcessing: true);
    }

    /// <summary>Strangers may ask for the sizes that the site names, and for nothing else that would make many images.</summary>
    private static void CheckRight(string token, IReadOnlyDictionary<string, string> asked, ImageCommands commands, ImageTokens tokens, MediaOptions options)
    {
        if (options.UseTokenizedQueryString && token.Length > 0)
        {
            if (!tokens.IsValid(token, asked)) throw new ImageCommandException("“token” does not belong to these commands; take the address as the site gives it.");
            return;
        }

        foreach (var size in new[] { commands.TargetWidth, commands.TargetHeight }.OfType<int>().Where(size => !options.IsSupported(size)))
            throw new ImageCommandException($"{size} pixels are given only with the token that the site signs. Without one, take one of {options.SupportedSizesText}.");
        if (!options.UseTokenizedQueryString) return;
        if (asked.Keys.FirstOrDefault(name => name is not (ImageCommands.Width or ImageCommands.Height or ImageCommands.Mode or ImageCommands.Format)) is { } command)
            throw new ImageCommandException($"“{command}” is taken only with the token that the site signs.");
    }

    private static void Cache(HttpContext http, StoredFile file, MediaOptions options) =>
        http.Response.Headers.CacheControl = http.Request.Query[MediaUrls.Version] == file.Version
            ? "public, max-age=31536000, immutable"
            : options.MaxBrowserCacheDays == 0 ? "public, no-cache" : $"public, max-age={(long)options.MaxBrowserCacheDays * SecondsPerDay}";

    private static EntityTagHeaderValue Tag(string version) => new($"\"{version}\"");

    private static IResult Problem(HttpContext http, int status, string title, string detail)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Problem(detail, statusCode: status, title: title);
    }
}
