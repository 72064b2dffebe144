namespace Cms.Core.Fields;

/// <summary>What is a path in the media folder: segments with slashes between them, none at either end.</summary>
public static class MediaPath
{
    /// <summary>The longest path, in characters.</summary>
    public const int MaxLength = 400;

    /// <summary>The longest name of a file or folder, in bytes: what file systems take.</summary>
    private const int MaxSegmentBytes = 250;

    /// <summary>Whether it can be the path of a file or folder; the root, which has no name, is not one.</summary>
    public static bool IsValid(string? path) => path?.Length is > 0 and <= MaxLength && path.Split('/').All(IsName);

    /// <summary>Whether it can name a file or folder everywhere.</summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name is not ("" or "." or "..") && !name.Any(IsForbidden) && name[0] != ' ' && name[^1] is not (' ' or '.')
            && System.Text.Encoding.UTF8.GetByteCount(name) <= MaxSegmentBytes;
    }

    /// <summary>The folder that the file or folder is in; empty for the root.</summary>
    public static string FolderOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";
    }

    /// <summary>The name without the folder.</summary>
    public static string NameOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>The path of something in a folder; the root is empty.</summary>
    public static string Combine(string folder, string name) => string.IsNullOrEmpty(folder) ? name : $"{folder}/{name}";

    private static bool IsForbidden(char c) => char.IsControl(c) || char.IsSurrogate(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|';
}
