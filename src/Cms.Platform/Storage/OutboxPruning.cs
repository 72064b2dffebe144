using Cms.Platform.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Erases events once a day that every consumer has handled and that are older than <see cref="Keep"/>. A node that nobody has
/// seen for <see cref="Forget"/> no longer holds events back; when it comes again, what it keeps is made anew.
/// </summary>
public sealed partial class OutboxPruning(IServiceScopeFactory scopes, UpkeepServices upkeep, ILogger<OutboxPruning> logger) : DailyTask(scopes, upkeep, logger)
{
    public static readonly TimeSpan Keep = TimeSpan.FromDays(7);
    public static readonly TimeSpan Forget = TimeSpan.FromDays(30);

    /// <returns>How many events were erased.</returns>
    public static async Task<int> PruneAsync(CmsDbContext database, DateTime utcNow, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        var end = await database.EndOfOutboxAsync(cancellationToken).ConfigureAwait(false);
        var forgotten = utcNow - Forget;

        // Without the condition on the place, a consumer of a quiet site, which has nothing to handle, would be taken for gone.
        await database.OutboxConsumers.Where(row => row.SeenUtc < forgotten && row.Position < end).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var handled = await database.OutboxConsumers.MinAsync(row => (long?)row.Position, cancellationToken).ConfigureAwait(false) ?? end;
        var before = utcNow - Keep;

        // The last event stays, so that the outbox always says where it ends.
        return await database.Outbox.Where(row => row.Sequence <= handled && row.Sequence < end && row.OccurredUtc < before)
            .ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken)
    {
        var erased = await PruneAsync(services.GetRequiredService<CmsDbContext>(), utcNow, cancellationToken).ConfigureAwait(false);
        if (erased > 0) LogErased(logger, erased);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Erased {Erased} events that every consumer has handled")]
    private static partial void LogErased(ILogger logger, int erased);
}
