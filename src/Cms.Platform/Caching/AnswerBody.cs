namespace Cms.Platform.Caching;

/// <summary>
/// Holds what an answer's maker writes back from its reader, who may be slow, up to a limit; a longer answer is nobody else's and goes
/// straight on.
/// </summary>
/// <param name="reader">The stream to the reader.</param>
/// <param name="limit">Bytes that are held back.</param>
/// <param name="outgrown">Called once when the answer is longer.</param>
internal sealed class AnswerBody(Stream reader, int limit, Action outgrown) : Stream
{
    private readonly MemoryStream _buffer = new();

    public bool IsOutgrown { get; private set; }

    public ReadOnlyMemory<byte> Buffered => _buffer.GetBuffer().AsMemory(0, (int)_buffer.Length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsOutgrown && _buffer.Length + buffer.Length <= limit)
        {
            _buffer.Write(buffer.Span);
            return;
        }

        if (!IsOutgrown)
        {
            IsOutgrown = true;
            outgrown();
            await reader.WriteAsync(Buffered, cancellationToken).ConfigureAwait(false);
        }

        await reader.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (IsOutgrown || _buffer.Length + count > limit) throw new NotSupportedException("Answers are written asynchronously.");
        _buffer.Write(buffer, offset, count);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => IsOutgrown ? reader.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override void Flush()
    {
        if (IsOutgrown) reader.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) _buffer.Dispose();
        base.Dispose(disposing);
    }
}
