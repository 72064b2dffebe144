using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Cms.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media.Images;

/// <summary>An image as it was asked for.</summary>
public sealed record ResizedImage(Stream Content, string ContentType, string Version);

/// <summary>Too many images are being resized, or one takes too long.</summary>
public sealed class ImagesBusyException(string message) : Exception(message);

/// <summary>
/// Resized images, made when they are first asked for and kept on the disk. Each is made once however many ask for it at a
/// time, and a bounded number are made at once; others wait for their turn.
/// </summary>
public sealed class ResizedImages(IMediaStorage storage, StoragePaths paths, IOptions<MediaOptions> options, TimeProvider clock, IMeterFactory meters) : IDisposable
{
    /// <summary>Counts images that were resized, as opposed to found.</summary>
    public const string Counter = "cms.media.images_resized";

    /// <summary>How exactly it is known when a file was last asked for.</summary>
    private static readonly TimeSpan Touch = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Lazy<Task>> _making = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turns = new(Turns(options.Value));
    private readonly Counter<long> _resized = meters.Create("Cms.Media").CreateCounter<long>(Counter);
    private long _written;
    private readonly TimeSpan _timeout = TimeSpan.FromSeconds(options.Value.ResizeTimeoutSeconds);

    /// <summary>Where resized images are.</summary>
    public string Folder { get; } = Path.Combine(paths.DataFolder, "MediaCache");

    /// <summary>Bytes of images that were made since the site started.</summary>
    public long WrittenBytes => Interlocked.Read(ref _written);

    /// <summary>The image; null where the original is gone meanwhile.</summary>
    /// <exception cref="ImageException">The original can't be resized.</exception>
    /// <exception cref="ImagesBusyException">It can't be made now.</exception>
    public async Task<ResizedImage?> OpenAsync(StoredFile original, ImageCommands commands, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(commands);
        var format = commands.TargetFormat ?? ImageFormat.Of(Path.GetExtension(original.Path)) ?? throw new ImageException("Files of this kind are not resized.");
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{original.Path}\n{original.Version}\n{commands.Key}")))[..40];
        var file = Path.Combine(Folder, key[..2], $"{key}.{format.Name}");
        if (Open(file) is not { } content)
        {
            await MakeOnceAsync(file, original, commands, format, cancellationToken).ConfigureAwait(false);
            content = Open(file);
        }

        return content is null ? null : new ResizedImage(content, format.ContentType, key);
    }

    public void Dispose() => _turns.Dispose();

    private FileStream? Open(string file)
    {
        try
        {
            var content = new FileStream(file, new FileStreamOptions { Share = FileShare.Read | FileShare.Delete, Options = FileOptions.Asynchronous });
            var now = clock.GetUtcNow().UtcDateTime;
            if (now - File.GetLastWriteTimeUtc(file) > Touch) File.SetLastWriteTimeUtc(file, now);
            return content;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private async Task MakeOnceAsync(string file, StoredFile original, ImageCommands commands, ImageFormat format, CancellationToken cancellationToken)
    {
        // The visitor who asked first may leave; the others still wait for the image, so none of them cancels it.
        var making = _making.GetOrAdd(file, _ => new Lazy<Task>(() => MakeAsync(file, original, commands, format)));
        try
        {
            await making.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (making.Value.IsCompleted) _making.TryRemove(KeyValuePair.Create(file, making));
        }
    }

    private async Task MakeAsync(string file, StoredFile original, ImageCommands commands, ImageFormat format)
    {
        using var timeout = new CancellationTokenSource(_timeout, clock);
        try
        {
            await _turns.WaitAsync(timeout.Token).ConfigureAwait(false);
            try
            {
                if (File.Exists(file) || await ReadAsync(original, timeout.Token).ConfigureAwait(false) is not { } source) return;
                var image = await Task.Run(() => ImageResizer.Resize(source, commands, format, options.Value.MaxPixels, timeout.Token), timeout.Token).ConfigureAwait(false);
                _resized.Add(1);
                Write(file, image);
                Interlocked.Add(ref _written, image.Length);
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new ImagesBusyException($"The image could not be made within {options.Value.ResizeTimeoutSeconds} seconds; ask again later.");
        }
    }

    private async Task<byte[]?> ReadAsync(StoredFile original, CancellationToken cancellationToken)
    {
        if (original.Length > options.Value.MaxFileSize) throw new ImageException($"The file is longer than the {options.Value.MaxFileSize} bytes up to which the site resizes images.");
        await using var content = await storage.OpenAsync(original, cancellationToken).ConfigureAwait(false);
        if (content is null) return null;
        using var buffer = new MemoryStream((int)original.Length);
        await content.CopyToAsync(buffer, cancellationToken).ConfigureAwait(false);
        return buffer.ToArray();
    }

    // Written aside first: a crash leaves no half of an image behind that would be served.
    private static void Write(string file, byte[] image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Path.GetRandomFileName()}{ResizedImagePruning.Unfinished}";
        File.WriteAllBytes(temporary, image);
        File.Move(temporary, file, overwrite: true);
    }

    private static int Turns(MediaOptions options) => options.MaxConcurrentResizes > 0 ? options.MaxConcurrentResizes : Math.Max(1, Environment.ProcessorCount / 2);
}
