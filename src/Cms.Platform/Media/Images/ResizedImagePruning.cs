using Cms.Platform.Upkeep;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Media.Images;

/// <summary>Deletes resized images every hour, and when many were made, that nobody asked for in a long time, and the oldest beyond the room that they may take.</summary>
public sealed partial class ResizedImagePruning(
    ResizedImages images, IOptions<MediaOptions> options, TimeProvider clock, UpkeepServices upkeep, ILogger<ResizedImagePruning> logger) : PeriodicWork(upkeep, logger)
{
    /// <summary>The extension of files that are being written.</summary>
    internal const string Unfinished = ".tmp";

    private static readonly TimeSpan Rare = TimeSpan.FromHours(1);

    /// <summary>The share of the room that new images may take before the next look at all of them.</summary>
    private const int Share = 20;

    private DateTimeOffset _last = clock.GetUtcNow();
    private long _written;

    protected override TimeSpan Interval => TimeSpan.FromMinutes(1);

    protected override bool RunsAtStart => false;

    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() - _last < Rare && images.WrittenBytes - _written < options.Value.MaxCacheSize / Share) return Task.CompletedTask;
        var written = images.WrittenBytes;
        if (Prune(cancellationToken) is > 0 and var deleted) LogPruned(logger, deleted);
        (_last, _written) = (clock.GetUtcNow(), written);
        return Task.CompletedTask;
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
            var isLeftover = file.Extension == Unfinished && age > Rare;
            if (room >= 0 && age <= TimeSpan.FromDays(options.Value.MaxCacheDays) && !isLeftover) continue;
            file.Delete();
            deleted++;
        }

        return deleted;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Deleted} resized images")]
    private static partial void LogPruned(ILogger logger, int deleted);
}
