using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media;

/// <summary>How much a request may send to pages and endpoints that take files.</summary>
public static class Uploads
{
    /// <summary>Files of the largest size that go into one request.</summary>
    private const int FilesPerRequest = 4;

    /// <summary>Room for what is typed beside the files.</summary>
    private const int Typed = 4 * 1024 * 1024;

    private const int MaxInputs = 20_000;

    /// <summary>Raises the limits of endpoints for users who signed in; strangers keep the server's own.</summary>
    public static TBuilder TakeUploads<TBuilder>(this TBuilder endpoints, IServiceProvider services) where TBuilder : IEndpointConventionBuilder
    {
        var limit = ((long)services.GetRequiredService<IOptions<MediaOptions>>().Value.MaxFileSize * FilesPerRequest) + Typed;
        endpoints.Finally(endpoint =>
        {
            if (endpoint.Metadata.OfType<IAllowAnonymous>().Any()) return;
            endpoint.Metadata.Add(new SizeLimit(limit));
            endpoint.Metadata.Add(new FormLimit(limit));
        });
        return endpoints;
    }

    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

    private sealed record FormLimit(long Bytes) : IFormOptionsMetadata
    {
        public bool? BufferBody => null;
        public int? MemoryBufferThreshold => null;
        public long? BufferBodyLengthLimit => null;
        public int? ValueCountLimit => MaxInputs;
        public int? KeyLengthLimit => null;
        public int? ValueLengthLimit => null;
        public int? MultipartBoundaryLengthLimit => null;
        public int? MultipartHeadersCountLimit => null;
        public int? MultipartHeadersLengthLimit => null;
        public long? MultipartBodyLengthLimit => Bytes;
    }
}
