using System.Collections.Frozen;

namespace Cms.Platform.Media;

/// <summary>The kinds of files that the site takes: their content type, how they begin, and whether browsers may show them.</summary>
public static class MediaTypes
{
    private static readonly FrozenDictionary<string, MediaType> Types = new Dictionary<string, MediaType>
    {
        [".jpg"] = new("image/jpeg", "FFD8FF"),
        [".jpeg"] = new("image/jpeg", "FFD8FF"),
        [".png"] = new("image/png", "89504E470D0A1A0A"),
        [".gif"] = new("image/gif", "47494638"),
        [".webp"] = new("image/webp", "52494646"),
        [".avif"] = new("image/avif", null),
        [".ico"] = new("image/x-icon", "00000100"),
        [".svg"] = new("image/svg+xml", null, IsShown: false),
        [".pdf"] = new("application/pdf", "25504446"),
        [".docx"] = new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "504B", IsShown: false),
        [".xlsx"] = new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "504B", IsShown: false),
        [".pptx"] = new("application/vnd.openxmlformats-officedocument.presentationml.presentation", "504B", IsShown: false),
        [".zip"] = new("application/zip", "504B", IsShown: false),
        [".csv"] = new("text/csv; charset=utf-8", null, IsShown: false),
        [".txt"] = new("text/plain; charset=utf-8", null),
        [".mp3"] = new("audio/mpeg", null),
        [".mp4"] = new("video/mp4", null),
        [".webm"] = new("video/webm", "1A45DFA3"),
        [".ogg"] = new("audio/ogg", "4F676753"),
        [".vtt"] = new("text/vtt; charset=utf-8", null),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null for kinds of files that the site does not take.</summary>
    public static MediaType? Of(string path) => Types.GetValueOrDefault(Path.GetExtension(path));

    public static IEnumerable<string> Extensions => Types.Keys.Order(StringComparer.Ordinal);
}

/// <summary>A kind of file.</summary>
/// <param name="ContentType">What it is served as.</param>
/// <param name="Signature">How its content begins, in hexadecimal; null where it may begin with anything.</param>
/// <param name="IsShown">Browsers may show it; otherwise it is offered as a download, because it could run script or is of no use in a window.</param>
public sealed record MediaType(string ContentType, string? Signature, bool IsShown = true)
{
    /// <summary>Whether content that begins so is of this kind.</summary>
    public bool Matches(ReadOnlySpan<byte> beginning) => Signature is null || Convert.ToHexString(beginning).StartsWith(Signature, StringComparison.Ordinal);
}
