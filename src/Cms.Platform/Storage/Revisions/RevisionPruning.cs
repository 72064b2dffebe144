using Cms.Platform.Upkeep;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage.Revisions;

/// <summary>Erases revisions and kept forms once a day that are older than <see cref="RevisionOptions"/> keeps them.</summary>
public sealed partial class RevisionPruning(IServiceScopeFactory scopes, UpkeepServices upkeep, ILogger<RevisionPruning> logger) : DailyTask(scopes, upkeep, logger)
{
    protected override bool RunsAtStart => true;

    protected override async Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken)
    {
        var erased = await services.GetRequiredService<ContentRevisions>().PruneAsync(utcNow, cancellationToken).ConfigureAwait(false);
        if (erased > 0) LogErased(logger, erased);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Erased} revisions and kept forms that were older than they are kept")]
    private static partial void LogErased(ILogger logger, int erased);
}
