using System.IO.Pipelines;
using Cms.Core.Localization.Scripts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.Platform.Localization.Scripts;

/// <summary>
/// The body of an answer. Whether it is converted is decided when the first byte is written, by its type and language; all else
/// goes through untouched.
/// </summary>
internal sealed class ConvertedBody(HttpContext http, IHttpResponseBodyFeature inner) : IHttpResponseBodyFeature, IAsyncDisposable
{
    private ConvertedStream? _converted;
    private PipeWriter? _writer;
    private bool _isDecided;

    public Stream Stream => Decide() ?? (_isDecided ? inner.Stream : new UndecidedStream(this));

    public PipeWriter Writer => Decide() is { } converted ? _writer ??= PipeWriter.Create(converted, new StreamPipeWriterOptions(leaveOpen: true)) : inner.Writer;

    public void DisableBuffering() => inner.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        Decide();
        await inner.StartAsync(cancellationToken);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => Decide() is { } converted
        ? SendFileFallback.SendFileAsync(converted, path, offset, count, cancellationToken)
        : inner.SendFileAsync(path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await EndAsync(http.RequestAborted);
        await inner.CompleteAsync();
    }

    /// <summary>Writes what the conversion held back.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (!http.Response.HasStarted) Decide();
        if (_writer is not null) await _writer.FlushAsync(cancellationToken);
        if (_converted is not null) await _converted.EndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_converted is not null) await _converted.DisposeAsync();
    }

    /// <summary>The stream that converts; null where the answer, as far as it is known now, goes through.</summary>
    internal Stream? Decide()
    {
        if (_isDecided || http.Response.ContentType is null) return _converted;
        _isDecided = true;
        if (Variant() is not { } variant) return null;
        http.Response.ContentLength = null;
        http.Response.Headers.ContentLanguage = variant.To;
        return _converted = new ConvertedStream(inner.Stream, variant, IsXml);
    }

    internal Stream Inner => inner.Stream;

    private bool IsXml => http.Response.ContentType!.Contains("xml", StringComparison.OrdinalIgnoreCase);

    private ScriptVariant? Variant()
    {
        var type = http.Response.ContentType!;
        if (!type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/rss+xml", StringComparison.OrdinalIgnoreCase)
            && !type.StartsWith("application/atom+xml", StringComparison.OrdinalIgnoreCase)) return null;
        if (http.Response.Headers.ContentLanguage.ToString() is not { Length: > 0 } written) return null;
        var services = http.RequestServices;
        var origin = services.GetRequiredService<Settings.SiteSettingsRegistry>().Current.BaseUrl is { Length: > 0 } configured
            ? configured.TrimEnd('/')
            : $"{http.Request.Scheme}://{http.Request.Host.ToUriComponent()}";
        return services.GetRequiredService<ReaderCultures>().Variant(written, Reader.Of(http)?.Derived, origin);
    }
}
