using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cms.Platform.Caching;

/// <summary>Answers with a strong entity tag of the body's bytes, and with 304 to a visitor who has them.</summary>
public static class EntityTags
{
    /// <summary>Answers to other methods than GET and HEAD are nothing that a visitor could have, and get no tag.</summary>
    public static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        return IsRead(http.Request)
            ? WriteAsync(http, body, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span)[..16])}\""), cancellationToken)
            : WriteBodyAsync(http, body, cancellationToken);
    }

    /// <summary>The same with a tag that the caller knows, whatever the method.</summary>
    public static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body, EntityTagHeaderValue tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.GetTypedHeaders().ETag = tag;
        if (!IsRead(http.Request) || !http.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
            return WriteBodyAsync(http, body, cancellationToken);
        http.Response.StatusCode = StatusCodes.Status304NotModified;
        return Task.CompletedTask;
    }

    private static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static Task WriteBodyAsync(HttpContext http, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        http.Response.ContentLength = body.Length;
        return http.Response.Body.WriteAsync(body, cancellationToken).AsTask();
    }
}
