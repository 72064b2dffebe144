namespace Cms.Platform.Media;

/// <summary>
/// Where media files are kept, by their <see cref="Cms.Core.Fields.MediaPath"/>. Folders are what the paths of files say, and those that were made
/// empty. Methods that take a path throw <see cref="MediaPathException"/> where it is none; those that look something up find nothing then.
/// </summary>
public interface IMediaStorage
{
    /// <summary>The file, or null where there is none.</summary>
    ValueTask<StoredFile?> FindAsync(string path, CancellationToken cancellationToken);

    /// <summary>The file's content as a stream that can seek, or null where the file is gone.</summary>
    ValueTask<Stream?> OpenAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>The files and folders directly in a folder, in the order of their names; null where there is no such folder. The root is empty.</summary>
    ValueTask<StoredFolder?> ListAsync(string folder, CancellationToken cancellationToken);

    /// <summary>All files below a folder, in the order of their paths. The root is empty.</summary>
    IAsyncEnumerable<StoredFile> ListAllAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Writes a file aside; <see cref="Keep"/> puts it in its place at once, <see cref="Discard"/> drops it.</summary>
    Task<StagedFile> StageAsync(string path, Stream content, CancellationToken cancellationToken);

    /// <summary>Puts a staged file in its place; false where another is there that must not be overwritten.</summary>
    bool Keep(StagedFile file, bool overwrite);

    void Discard(StagedFile file);

    /// <summary>Moves a file, or a folder with all that is in it, to a place that is free; false where it is not, or there is nothing to move.</summary>
    ValueTask<bool> MoveAsync(string path, string target, CancellationToken cancellationToken);

    /// <summary>Makes a folder; false where there is something of that name.</summary>
    ValueTask<bool> CreateFolderAsync(string path, CancellationToken cancellationToken);

    /// <summary>Deletes a file, or a folder with all that is in it; false where there is none.</summary>
    ValueTask<bool> DeleteAsync(string path, CancellationToken cancellationToken);
}

/// <summary>A file in the storage. Its version changes whenever its content may have changed.</summary>
public sealed record StoredFile(string Path, long Length, DateTime ModifiedUtc)
{
    public string Name => Cms.Core.Fields.MediaPath.NameOf(Path);

    public string Version => $"{ModifiedUtc.Ticks:x}-{Length:x}";
}

/// <summary>What is directly in a folder: files, and the names of folders.</summary>
public sealed record StoredFolder(IReadOnlyList<string> Folders, IReadOnlyList<StoredFile> Files);

/// <summary>A file that is written but not in its place yet.</summary>
public sealed record StagedFile(string Path, string TemporaryFile);

/// <summary>A media path leads out of the media folder, or holds what file systems don't.</summary>
public sealed class MediaPathException(string path) : Exception($"“{path}” is not a path in the media folder.");
