using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Cms.Platform.Media;

/// <summary>Serves media files at <c>/media</c>, in ranges and with entity tags.</summary>
public static class MediaEndpoints
{
    /// <summary>Whatever a file contains, it runs nothing and loads nothing in the site's name.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    public static void MapMedia(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods(MediaUrls.Prefix + "{**path}", [HttpMethods.Get, HttpMethods.Head], Serve).WithName("Media");

    private static IResult Serve(HttpContext http, IMediaStorage storage, string? path)
    {
        if (path is null || storage.Find(path) is not { } file || MediaTypes.Of(path) is not { } type) return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.File(
            file.FullName, type.ContentType, type.IsShown ? null : file.Name, file.LastWriteTimeUtc,
            new EntityTagHeaderValue($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""), enableRangeProcessing: true);
    }
}
