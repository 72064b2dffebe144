namespace Cms.Platform.Media;

/// <summary>Addresses of files in the media folder.</summary>
public static class MediaUrls
{
    public const string Prefix = "/media/";

    /// <summary>Where the file of that path is served.</summary>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Prefix + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
    }
}
