namespace Cms.Platform.Media.Images;

/// <summary>A format in which images are written.</summary>
/// <param name="Name">As addresses name it, and the extension of its files.</param>
/// <param name="ContentType">What it is served as.</param>
/// <param name="DefaultQuality">The quality where none is asked for.</param>
public sealed record ImageFormat(string Name, string ContentType, int DefaultQuality)
{
    private static readonly ImageFormat Jpeg = new("jpg", "image/jpeg", 80) { IsOpaque = true };

    private static readonly ImageFormat[] All =
    [
        Jpeg,
        new("png", "image/png", 100),
        new("webp", "image/webp", 80) { CanMove = true },
        new("avif", "image/avif", 55),
        new("gif", "image/gif", 100) { CanMove = true },
    ];

    /// <summary>It has no transparent parts.</summary>
    public bool IsOpaque { get; private init; }

    /// <summary>It can hold several frames.</summary>
    public bool CanMove { get; private init; }

    /// <summary>The names for a sentence.</summary>
    public static string NamesText => string.Join(", ", All.Select(format => format.Name));

    /// <summary>By name or extension, with or without its dot; null where images are not written so.</summary>
    public static ImageFormat? Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = name.TrimStart('.');
        return plain.Equals("jpeg", StringComparison.OrdinalIgnoreCase) ? Jpeg : All.FirstOrDefault(format => format.Name.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }

    public override string ToString() => Name;
}
