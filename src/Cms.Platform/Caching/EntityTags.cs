using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Cms.Platform.Caching;

/// <summary>Answers with a strong entity tag of the body's bytes, and with 304 to a visitor who has them.</summary>
public static class EntityTags
{
    public static Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        WriteAsync(http, body, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span)[..16])}\""), cancellationToken);

    /// <summary>The same with a tag that the caller knows.</summary>
    public static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body, EntityTagHeaderValue tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.GetTypedHeaders().ETag = tag;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            var known = http.Request.GetTypedHeaders().IfNoneMatch;
            if (known.Any(candidate => candidate.Compare(tag, useStrongComparison: false) || candidate.Equals(EntityTagHeaderValue.Any)))
            {
                http.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }
}
