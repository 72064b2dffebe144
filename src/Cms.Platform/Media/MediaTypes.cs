using System.Collections.Frozen;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media;

/// <summary>The kinds of files that the site takes: their content type, how they begin, and whether browsers may show them.</summary>
public sealed class MediaTypes(IOptions<MediaOptions> options)
{
    /// <summary>How much of a file tells its kind, in bytes.</summary>
    public const int BeginningLength = 4096;

    private static readonly FrozenDictionary<string, MediaType> Known = new Dictionary<string, MediaType>
    {
        [".jpg"] = new("image/jpeg", Signature.Jpeg) { IsImage = true },
        [".jpeg"] = new("image/jpeg", Signature.Jpeg) { IsImage = true },
        [".png"] = new("image/png", Signature.Png) { IsImage = true },
        [".gif"] = new("image/gif", Signature.Gif) { IsImage = true },
        [".webp"] = new("image/webp", Signature.WebP) { IsImage = true },
        [".avif"] = new("image/avif", Signature.Avif) { IsImage = true },
        [".ico"] = new("image/x-icon", Signature.Icon),
        [".svg"] = new("image/svg+xml", Signature.Svg) { IsShown = false },
        [".pdf"] = new("application/pdf", Signature.Pdf),
        [".docx"] = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Signature.Zip) { IsShown = false },
        [".xlsx"] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Signature.Zip) { IsShown = false },
        [".pptx"] = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", Signature.Zip) { IsShown = false },
        [".odt"] = new("application/vnd.oasis.opendocument.text", Signature.Zip) { IsShown = false },
        [".doc"] = new("application/msword", Signature.OldOffice) { IsShown = false },
        [".xls"] = new("application/vnd.ms-excel", Signature.OldOffice) { IsShown = false },
        [".ppt"] = new("application/vnd.ms-powerpoint", Signature.OldOffice) { IsShown = false },
        [".zip"] = new("application/zip", Signature.Zip) { IsShown = false },
        [".csv"] = new("text/csv; charset=utf-8", Signature.Text) { IsShown = false },
        [".txt"] = new("text/plain; charset=utf-8", Signature.Text),
        [".vtt"] = new("text/vtt; charset=utf-8", Signature.WebVtt),
        [".mp3"] = new("audio/mpeg", Signature.Mp3),
        [".m4a"] = new("audio/mp4", Signature.Mp4),
        [".ogg"] = new("audio/ogg", Signature.Ogg),
        [".wav"] = new("audio/wav", Signature.Wav),
        [".mp4"] = new("video/mp4", Signature.Mp4),
        [".webm"] = new("video/webm", Signature.WebM),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for kinds of files that the site does not take.</summary>
    public MediaType? Of(string path) => Known.TryGetValue(Path.GetExtension(path), out var type) && Takes(Path.GetExtension(path)) ? type : null;

    /// <summary>The extensions of files that the site takes, with their dots.</summary>
    public IEnumerable<string> Extensions => Known.Keys.Where(Takes).Order(StringComparer.Ordinal);

    /// <summary>Whether the site knows files of the extension, whatever the configuration says.</summary>
    public static bool Knows(string extension) => Known.ContainsKey(extension);

    /// <summary>Null where the file is one that the site takes, otherwise what is wrong with it. The stream is at its beginning afterwards.</summary>
    public async Task<FormattableString?> ProblemOfAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (Of(path) is not { } type) return $"“{path}” is of a kind that the site does not take. It takes {string.Join(", ", Extensions)}.";
        if (content.Length > options.Value.MaxFileSize) return $"“{path}” is longer than {options.Value.MaxFileSize} bytes.";
        var beginning = new byte[BeginningLength];
        var read = await content.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        if (type.Signature(beginning.AsSpan(0, read))) return null;
        return $"The content of “{path}” is not of the kind that its name says.";
    }

    private bool Takes(string extension) =>
        options.Value.AllowedFileExtensions.Count == 0 || options.Value.AllowedFileExtensions.Contains(extension, StringComparer.OrdinalIgnoreCase);
}

/// <summary>A kind of file.</summary>
/// <param name="ContentType">What it is served as.</param>
/// <param name="Signature">Whether content may be of this kind, by how it begins.</param>
public sealed record MediaType(string ContentType, IsSignature Signature)
{
    /// <summary>Browsers may show it; otherwise it is offered as a download, because it could run script or is of no use in a window.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>An image of points, which can be resized.</summary>
    public bool IsImage { get; init; }

    /// <summary>An image that pages may show, also one that can't be resized.</summary>
    public bool IsPicture => ContentType.StartsWith("image/", StringComparison.Ordinal);
}

/// <summary>Tells by the beginning of a file whether it may be of a kind.</summary>
public delegate bool IsSignature(ReadOnlySpan<byte> beginning);
