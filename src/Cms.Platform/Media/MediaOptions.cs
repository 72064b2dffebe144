using System.ComponentModel.DataAnnotations;

namespace Cms.Platform.Media;

/// <summary>Limits and habits of media files, the section <c>OrchardCore:OrchardCore_Media</c>.</summary>
public sealed class MediaOptions
{
    public const string SectionName = "OrchardCore:OrchardCore_Media";

    /// <summary>The largest of <see cref="SupportedSizes"/>.</summary>
    public const int MaxSize = 4096;

    private static readonly int[] DefaultSizes = [16, 32, 50, 100, 160, 240, 480, 600, 1024, 2048];

    /// <summary>Widths and heights of images, in pixels, that an address without a token may ask for.</summary>
    public IReadOnlyList<int> SupportedSizes { get; set; } = [];

    /// <summary>Days for which browsers keep files and resized images.</summary>
    [Range(0, 3650)]
    public int MaxBrowserCacheDays { get; set; } = 30;

    /// <summary>Days for which a resized image that nobody asks for is kept.</summary>
    [Range(1, 3650)]
    public int MaxCacheDays { get; set; } = 365;

    /// <summary>The longest file, in bytes.</summary>
    [Range(1, int.MaxValue)]
    public int MaxFileSize { get; set; } = 30_000_000;

    /// <summary>Put before the addresses of files; empty where the site serves them itself.</summary>
    public string CdnBaseUrl { get; set; } = "";

    /// <summary>The folder of the files, in the data folder or absolute.</summary>
    [Required]
    public string AssetsPath { get; set; } = "Media";

    /// <summary>Whether other sizes than the supported ones are made for addresses that the site itself signed.</summary>
    public bool UseTokenizedQueryString { get; set; } = true;

    /// <summary>Kinds of files that are taken, such as <c>.jpg</c>; empty means all that the site knows.</summary>
    public IReadOnlyList<string> AllowedFileExtensions { get; set; } = [];

    /// <summary>Images with more pixels than this, all frames together, are not decoded.</summary>
    [Range(1, 1_000_000_000)]
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>How many images are resized at once; 0 means half of the processors.</summary>
    [Range(0, 256)]
    public int MaxConcurrentResizes { get; set; }

    /// <summary>After how many seconds the resizing of an image is stopped.</summary>
    [Range(1, 600)]
    public int ResizeTimeoutSeconds { get; set; } = 20;

    /// <summary>Room for resized images on the disk, in bytes; those that were not asked for the longest go first.</summary>
    [Range(1, long.MaxValue)]
    public long MaxCacheSize { get; set; } = 1_000_000_000;

    public static bool HasWebAddress(MediaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.CdnBaseUrl.Length == 0
            || (Uri.TryCreate(options.CdnBaseUrl, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp));
    }

    public bool IsSupported(int size) => (SupportedSizes.Count > 0 ? SupportedSizes : DefaultSizes).Contains(size);

    /// <summary>The sizes for a sentence.</summary>
    public string SupportedSizesText => string.Join(", ", SupportedSizes.Count > 0 ? SupportedSizes : DefaultSizes);
}
