using Cms.Core.ContentTypes;
using Cms.Core.Events;
using Cms.Platform.Caching;
using Cms.Platform.Storage.Sqlite;
using Cms.Platform.Upkeep;
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
internal sealed class SearchUpkeep(
    IndexProfiles profiles, ContentDefinitionRegistry definitions, SearchIndexes indexes, IndexSource source, SiteVersion site,
    SqliteFileState file, UpkeepServices upkeep, ILogger<SearchUpkeep> logger) : PeriodicWork(upkeep, logger)
{
    private (object? Profiles, object? Definitions, int File) _seen;

    protected override TimeSpan Interval => TimeSpan.FromMilliseconds(500);

    protected override TimeSpan LongestPause => TimeSpan.FromMinutes(1);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        (object?, object?, int File) current = (profiles.Snapshot, definitions.Current, file.Generation);
        if (current == _seen) return;

        // Another database may have come as far as the one before, with other content.
        if (current.File != _seen.File) indexes.Outdate();

        // Until it is written down how far the indexes have come, what changes meanwhile could be missed.
        if (profiles.All.Count > 0 && await source.PositionAsync(cancellationToken).ConfigureAwait(false) is null) return;
        await indexes.EnsureCurrentAsync(cancellationToken).ConfigureAwait(false);
        _seen = current;
        site.Advance();
    }
}
