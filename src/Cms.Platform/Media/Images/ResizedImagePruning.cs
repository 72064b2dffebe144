using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media.Images;

/// <summary>Deletes resized images every hour, and when many were made, that nobody asked for in a long time, and the oldest beyond the room that they may take.</summary>
public sealed partial class ResizedImagePruning(
    ResizedImages images, IOptions<MediaOptions> options, TimeProvider clock, ILogger<ResizedImagePruning> logger) : BackgroundService
{
    /// <summary>The extension of files that are being written.</summary>
    internal const string Unfinished = ".tmp";

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary>The share of the room that new images may take before the next look at all of them.</summary>
    private const int Share = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, clock);
        var (last, written) = (clock.GetUtcNow(), 0L);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (clock.GetUtcNow() - last < Interval && images.WrittenBytes - written < options.Value.MaxCacheSize / Share) continue;
            (last, written) = (clock.GetUtcNow(), images.WrittenBytes);
            try
            {
                if (Prune(stoppingToken) is > 0 and var deleted) LogPruned(logger, deleted);
            }
            catch (IOException problem)
            {
                LogFailed(logger, problem);
            }
        }
    }

    /// <summary>Deletes what is too old or too much, and says how many files that were.</summary>
    public int Prune(CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(images.Folder);
        if (!folder.Exists) return 0;
        var (now, room, deleted) = (clock.GetUtcNow().UtcDateTime, options.Value.MaxCacheSize, 0);
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).OrderByDescending(file => file.LastWriteTimeUtc))
        {
            cancellationToken.ThrowIfCancellationRequested();
            room -= file.Length;
            var age = now - file.LastWriteTimeUtc;
            var isLeftover = file.Extension == Unfinished && age > Interval;
            if (room >= 0 && age <= TimeSpan.FromDays(options.Value.MaxCacheDays) && !isLeftover) continue;
            file.Delete();
            deleted++;
        }

        return deleted;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Deleted} resized images")]
    private static partial void LogPruned(ILogger logger, int deleted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Resized images could not be pruned; it is tried again in an hour")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
