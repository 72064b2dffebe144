using Cms.Platform.Storage;

namespace Cms.Platform.Media;

/// <summary>Where media files are kept, by their path: segments with slashes between them, none at either end.</summary>
public interface IMediaStorage
{
    /// <summary>The file, or null where there is none.</summary>
    FileInfo? Find(string path);

    /// <summary>All files by their path, in the order of the paths.</summary>
    IEnumerable<(string Path, FileInfo File)> List();

    /// <summary>Writes a file aside; <see cref="Keep"/> puts it in its place at once, <see cref="Discard"/> drops it.</summary>
    Task<StagedFile> StageAsync(string path, Stream content, CancellationToken cancellationToken);

    /// <summary>Puts a staged file in its place, over one that was there.</summary>
    void Keep(StagedFile file);

    void Discard(StagedFile file);
}

/// <summary>A file that is written but not in its place yet.</summary>
public sealed record StagedFile(string Path, string TemporaryFile);

/// <summary>A media path leads out of the media folder, or holds what file systems don't.</summary>
public sealed class MediaPathException(string path) : Exception($"“{path}” is not a path in the media folder.");

/// <summary>Media files under <c>Media</c> in the data folder.</summary>
public sealed class MediaFolder(StoragePaths paths) : IMediaStorage
{
    private const int MaxPathLength = 400;

    private readonly string _root = Path.Combine(paths.DataFolder, "Media");
    private readonly string _staging = Path.Combine(paths.DataFolder, "MediaStaging");

    public FileInfo? Find(string path) => IsPath(path) && new FileInfo(FullPath(path)) is { Exists: true } file ? file : null;

    public IEnumerable<(string Path, FileInfo File)> List() => Directory.Exists(_root)
        ? Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'), File: new FileInfo(file)))
            .OrderBy(entry => entry.Path, StringComparer.Ordinal)
        : [];

    public async Task<StagedFile> StageAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!IsPath(path)) throw new MediaPathException(path);
        Directory.CreateDirectory(_staging);
        var staged = new StagedFile(path, Path.Combine(_staging, Path.GetRandomFileName()));
        await using var file = new FileStream(staged.TemporaryFile, FileMode.CreateNew, FileAccess.Write);
        await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        return staged;
    }

    public void Keep(StagedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var target = FullPath(file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(file.TemporaryFile, target, overwrite: true);
    }

    public void Discard(StagedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        File.Delete(file.TemporaryFile);
    }

    private string FullPath(string path) => Path.Combine(_root, path);

    private static bool IsPath(string path) =>
        path.Length is > 0 and <= MaxPathLength && path.Split('/').All(segment => segment is not ("" or "." or "..") && !segment.Any(IsForbidden));

    private static bool IsForbidden(char c) => char.IsControl(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|';
}
