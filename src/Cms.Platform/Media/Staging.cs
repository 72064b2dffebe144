using Cms.Platform.Storage;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Media;

/// <summary>
/// Where this process writes files before they get to their place: a folder of its own, with a file that it keeps locked while it lives. So
/// another process can tell what a killed one left behind from what is being written.
/// </summary>
public sealed class Staging(StoragePaths paths) : IDisposable
{
    private const string FolderName = "MediaStaging", LockName = ".lock";

    /// <summary>The time within which a new folder gets its lock.</summary>
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);

    private readonly string _root = Path.Combine(paths.DataFolder, FolderName);
    private readonly Lock _making = new();
    private FileStream? _held;

    /// <summary>The path of a new file, which does not exist yet.</summary>
    public string NewFile()
    {
        lock (_making)
        {
            if (_held is null)
            {
                var folder = Path.Combine(_root, Path.GetRandomFileName());
                Directory.CreateDirectory(folder);
                _held = Lock(Path.Combine(folder, LockName));
            }

            return Path.Combine(Path.GetDirectoryName(_held.Name)!, Path.GetRandomFileName());
        }
    }

    /// <summary>Deletes what processes left that are gone, and says how many files that were.</summary>
    public int Clean(DateTime utcNow, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_root)) return 0;
        var deleted = 0;
        foreach (var entry in new DirectoryInfo(_root).EnumerateFileSystemInfos())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entry is DirectoryInfo folder) deleted += CleanFolder(folder, utcNow);

            // Files beside the folders are of versions of the site that had no folders.
            else if (utcNow - entry.LastWriteTimeUtc > Youth)
            {
                entry.Delete();
                deleted++;
            }
        }

        return deleted;
    }

    public void Dispose()
    {
        if (_held is null) return;
        var folder = Path.GetDirectoryName(_held.Name)!;
        _held.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int CleanFolder(DirectoryInfo folder, DateTime utcNow)
    {
        var file = Path.Combine(folder.FullName, LockName);
        if (!File.Exists(file) && utcNow - folder.CreationTimeUtc < Youth) return 0;
        FileStream held;
        try
        {
            held = Lock(file);
        }
        catch (IOException)
        {
            // Its process lives.
            return 0;
        }

        using (held)
        {
            var count = folder.EnumerateFiles("*", SearchOption.AllDirectories).Count() - 1;
            folder.Delete(recursive: true);
            return count;
        }
    }

    private static FileStream Lock(string file) => new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}

/// <summary>Deletes at start, and once a day, what killed processes left of files that they were writing.</summary>
internal sealed partial class StagingCleanup(Staging staging, UpkeepServices upkeep, ILogger<StagingCleanup> logger) : PeriodicWork(upkeep, logger)
{
    private readonly TimeProvider _clock = upkeep.Clock;

    protected override TimeSpan Interval => TimeSpan.FromDays(1);

    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        if (staging.Clean(_clock.GetUtcNow().UtcDateTime, cancellationToken) is > 0 and var deleted) LogCleaned(logger, deleted);
        return Task.CompletedTask;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Deleted} files that a process left unfinished when it ended")]
    private static partial void LogCleaned(ILogger logger, int deleted);
}
