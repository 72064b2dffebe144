namespace Cms.Platform.Storage.Sqlite;

/// <summary>
/// Lets one process at a time start on a data folder: a file that the operating system keeps locked while the process lives, so that the
/// lock of a process that was killed is gone with it.
/// </summary>
internal static class StartLock
{
    private const string FileName = "start.lock";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static async Task<IAsyncDisposable> TakeAsync(string folder, Action waiting, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, FileName);
        for (var isFirst = true; ; isFirst = false)
        {
            if (TryTake(file) is { } held) return held;
            if (isFirst) waiting();
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private static FileStream? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (File.Exists(file) && StorageFailure.Of(problem) is null)
        {
            return null;
        }
    }
}
