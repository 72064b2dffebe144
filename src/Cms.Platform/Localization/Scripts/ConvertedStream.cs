using System.Text;
using Cms.Core.Localization.Scripts;

namespace Cms.Platform.Localization.Scripts;

/// <summary>Write-only: UTF-8 in, UTF-8 in the reader's script out. Memory is bounded by the longest text or tag of the page.</summary>
internal sealed class ConvertedStream : WriteOnlyStream
{
    private readonly Stream _target;
    private readonly StringWriter _text = new();
    private readonly ScriptHtml _converter;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    public ConvertedStream(Stream target, ScriptVariant variant, bool isXml)
    {
        _target = target;
        _converter = new ScriptHtml(variant, _text) { IsFeed = isXml };
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Convert(buffer.Span, isLast: false);
        await PassOnAsync(cancellationToken);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await PassOnAsync(cancellationToken);
        await _target.FlushAsync(cancellationToken);
    }

    /// <summary>Writes what waited for its end.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        Convert([], isLast: true);
        _converter.Complete();
        await PassOnAsync(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _text.Dispose();
        base.Dispose(disposing);
    }

    private void Convert(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var characters = new char[_decoder.GetCharCount(bytes, isLast)];
        var count = _decoder.GetChars(bytes, characters, isLast);
        if (count > 0) _converter.Write(characters.AsSpan(0, count));
    }

    private async ValueTask PassOnAsync(CancellationToken cancellationToken)
    {
        var text = _text.GetStringBuilder();
        if (text.Length == 0) return;
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        await _target.WriteAsync(bytes, cancellationToken);
    }
}

/// <summary>Asks the body at each write where the bytes go: the type of an answer is often set after its stream was taken.</summary>
internal sealed class UndecidedStream(ConvertedBody body) : WriteOnlyStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        (body.Decide() ?? body.Inner).WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => (body.Decide() ?? body.Inner).FlushAsync(cancellationToken);
}

/// <summary>What streams that are only written to have in common.</summary>
internal abstract class WriteOnlyStream : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

    public abstract override Task FlushAsync(CancellationToken cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Answers are written asynchronously.");

    public override void Flush() => throw new NotSupportedException("Answers are written asynchronously.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
