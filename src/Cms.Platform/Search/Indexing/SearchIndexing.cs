using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Platform.Caching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Search.Indexing;

/// <summary>Brings every change of content into the indexes of this node.</summary>
internal sealed class SearchIndexing(IndexProfiles profiles, SearchIndexes indexes, SiteVersion site) : IContentEventConsumer
{
    public const string ConsumerName = "Search";

    public string Name => ConsumerName;

    public ConsumerScope Scope => ConsumerScope.Node;

    public async Task HandleAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken)
    {
        if (profiles.All.Count == 0 || !await indexes.ApplyAsync(events, cancellationToken).ConfigureAwait(false)) return;

        // An answer may have been made, and kept, between the change and its arrival in the index.
        site.Advance();
    }
}

/// <summary>Makes indexes anew where profiles or definitions changed, and at start where they were lost meanwhile.</summary>
internal sealed partial class SearchUpkeep(
    IndexProfiles profiles, ContentDefinitionRegistry definitions, SearchIndexes indexes, IndexSource source, SiteVersion site, ILogger<SearchUpkeep> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private (object? Profiles, object? Definitions) _seen;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var pause = Interval; !stoppingToken.IsCancellationRequested; await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
                pause = Interval;
            }
#pragma warning disable CA1031 // Whatever keeps an index from being made, the site goes on, and it is tried again.
            catch (Exception problem) when (problem is not OperationCanceledException)
#pragma warning restore CA1031
            {
                if (pause == Interval) LogFailing(logger, problem);
                pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        (object?, object?) current = (profiles.Snapshot, definitions.Current);
        if (current == _seen) return;

        // Until it is written down how far the indexes have come, what changes meanwhile could be missed.
        if (profiles.All.Count > 0 && await source.PositionAsync(cancellationToken).ConfigureAwait(false) is null) return;
        await indexes.EnsureCurrentAsync(cancellationToken).ConfigureAwait(false);
        _seen = current;
        site.Advance();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A search index could not be made anew; it is tried again")]
    private static partial void LogFailing(ILogger logger, Exception problem);
}
