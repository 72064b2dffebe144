using System.Runtime.CompilerServices;
using Cms.Core.Fields;
using Cms.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media;

/// <summary>Media files in a folder of the data folder.</summary>
public sealed class MediaFolder(StoragePaths paths, Staging staging, IOptions<MediaOptions> options) : IMediaStorage
{
    private readonly string _root = Path.GetFullPath(options.Value.AssetsPath, paths.DataFolder);

    public ValueTask<StoredFile?> FindAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(MediaPath.IsValid(path) && new FileInfo(FullPath(path)) is { Exists: true } file ? Stored(file) : null);

    public ValueTask<Stream?> OpenAsync(StoredFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            return ValueTask.FromResult<Stream?>(new FileStream(FullPath(Checked(file.Path)), new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous,
            }));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return ValueTask.FromResult<Stream?>(null);
        }
    }

    public ValueTask<StoredFolder?> ListAsync(string folder, CancellationToken cancellationToken)
    {
        var directory = folder.Length == 0 ? new DirectoryInfo(_root) : MediaPath.IsValid(folder) ? new DirectoryInfo(FullPath(folder)) : null;
        if (directory?.Exists != true) return ValueTask.FromResult(folder.Length == 0 ? new StoredFolder([], []) : null);
        return ValueTask.FromResult<StoredFolder?>(new StoredFolder(
            [.. directory.EnumerateDirectories().Select(child => child.Name).Where(MediaPath.IsName).Order(StringComparer.OrdinalIgnoreCase)],
            [.. directory.EnumerateFiles().Where(IsMedia).OrderBy(file => file.Name, StringComparer.OrdinalIgnoreCase).Select(Stored)]));
    }

    public async IAsyncEnumerable<StoredFile> ListAllAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var directory = new DirectoryInfo(folder.Length == 0 ? _root : FullPath(Checked(folder)));
        if (!directory.Exists) yield break;
        await ValueTask.CompletedTask.ConfigureAwait(false);
        foreach (var file in directory.EnumerateFiles("*", SearchOption.AllDirectories).Where(IsMedia).Select(Stored).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return file;
        }
    }

    public async Task<StagedFile> StageAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var staged = new StagedFile(Checked(path), staging.NewFile());
        try
        {
            await using var file = new FileStream(staged.TemporaryFile, FileMode.CreateNew, FileAccess.Write);
            await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            return staged;
        }
        catch
        {
            File.Delete(staged.TemporaryFile);
            throw;
        }
    }

    public bool Keep(StagedFile file, bool overwrite)
    {
        ArgumentNullException.ThrowIfNull(file);
        var target = FullPath(Checked(file.Path));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            File.Move(file.TemporaryFile, target, overwrite);
            return true;
        }
        catch (IOException) when (!overwrite && Path.Exists(target))
        {
            return false;
        }
    }

    public void Discard(StagedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        File.Delete(file.TemporaryFile);
    }

    public ValueTask<bool> MoveAsync(string path, string target, CancellationToken cancellationToken)
    {
        var (from, to) = (FullPath(Checked(path)), FullPath(Checked(target)));
        var isIntoItself = to.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isIntoItself || !Path.Exists(from) || Path.Exists(to)) return ValueTask.FromResult(false);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        if (File.Exists(from)) File.Move(from, to);
        else Directory.Move(from, to);
        return ValueTask.FromResult(true);
    }

    public ValueTask<bool> CreateFolderAsync(string path, CancellationToken cancellationToken)
    {
        var folder = FullPath(Checked(path));
        if (Path.Exists(folder)) return ValueTask.FromResult(false);
        Directory.CreateDirectory(folder);
        return ValueTask.FromResult(true);
    }

    public ValueTask<bool> DeleteAsync(string path, CancellationToken cancellationToken)
    {
        var target = FullPath(Checked(path));
        if (!Path.Exists(target)) return ValueTask.FromResult(false);
        if (File.Exists(target)) File.Delete(target);
        else Directory.Delete(target, recursive: true);
        return ValueTask.FromResult(true);
    }

    private string FullPath(string path) => Path.Combine(_root, path);

    private static string Checked(string path) => MediaPath.IsValid(path) ? path : throw new MediaPathException(path);

    // Files that somebody put into the folder by hand and that no address reaches stay out of lists.
    private bool IsMedia(FileInfo file) => MediaPath.IsValid(Relative(file)) && file.LinkTarget is null;

    private StoredFile Stored(FileInfo file) => new(Relative(file), file.Length, file.LastWriteTimeUtc);

    private string Relative(FileInfo file) => Path.GetRelativePath(_root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
}
