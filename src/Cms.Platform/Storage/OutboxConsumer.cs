using Cms.Core.Events;
using Cms.Platform.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Delivers to one consumer, in a loop of its own, so that a consumer that is slow or fails holds nobody up. Its place is a row of
/// its own; what it has handled and the row does not yet say comes again after a crash.
/// </summary>
public sealed class OutboxConsumer(
    IContentEventConsumer consumer, NodeIdentity node, IServiceScopeFactory scopes, UpkeepServices upkeep, ILogger logger) : PeriodicWork(upkeep, logger)
{
    /// <summary>For how long a process is the one that serves a consumer of the cluster, unless it says so again.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _clock = upkeep.Clock;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly string _place = consumer.Scope == ConsumerScope.Node ? node.Node : "";
    private long? _position;

    public override string Name => $"Outbox consumer {consumer.Name}";

    protected override TimeSpan Interval => Outbox.PollInterval;

    protected override TimeSpan FirstPause => TimeSpan.FromSeconds(1);

    /// <summary>Finds the consumer's place; a new one begins behind what is committed now.</summary>
    public Task FindPositionAsync(CmsDbContext database, CancellationToken cancellationToken) => PositionAsync(database, cancellationToken);

    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it at the same moment.
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override Task WaitAsync(CancellationToken cancellationToken) => _wake.WaitAsync(cancellationToken);

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        var position = await PositionAsync(database, cancellationToken).ConfigureAwait(false);
        while (await IsOursAsync(database, cancellationToken).ConfigureAwait(false))
        {
            var events = await database.EventsAfterAsync(position, cancellationToken).ConfigureAwait(false);
            if (events.Count == 0) return;
            await consumer.HandleAsync(events, cancellationToken).ConfigureAwait(false);
            _position = position = events[^1].Sequence;
            await MoveAsync(database, position, cancellationToken).ConfigureAwait(false);
            if (events.Count < OutboxReading.BatchSize) return;
        }
    }

    /// <summary>The stored place. One that was erased meanwhile, as of a node that was away for long, is what this process knows.</summary>
    private async Task<long> PositionAsync(CmsDbContext database, CancellationToken cancellationToken)
    {
        if (await StoredPositionAsync(database, cancellationToken).ConfigureAwait(false) is not { } stored)
        {
            stored = _position ?? await database.EndOfOutboxAsync(cancellationToken).ConfigureAwait(false);
            database.OutboxConsumers.Add(new OutboxConsumerRow { Name = consumer.Name, Node = _place, Position = stored, SeenUtc = _clock.GetUtcNow().UtcDateTime });
            try
            {
                await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (DbUpdateException problem) when (database.Diagnose(problem) == DatabaseProblem.Duplicate)
            {
                // Another process of the cluster was faster.
                stored = await StoredPositionAsync(database, cancellationToken).ConfigureAwait(false) ?? stored;
            }
            finally
            {
                database.ChangeTracker.Clear();
            }
        }

        _position = stored;
        return stored;
    }

    private Task<long?> StoredPositionAsync(CmsDbContext database, CancellationToken cancellationToken) =>
        Row(database).Select(row => (long?)row.Position).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Whether this process serves the consumer: always on a node of its own, and in a cluster as long as nobody else does.</summary>
    private async Task<bool> IsOursAsync(CmsDbContext database, CancellationToken cancellationToken)
    {
        if (consumer.Scope == ConsumerScope.Node) return true;
        var now = _clock.GetUtcNow().UtcDateTime;
        var held = Row(database).Where(row => row.HeldBy == null || row.HeldBy == node.Process || row.HeldUntilUtc < now);
        return await held.ExecuteUpdateAsync(
            row => row.SetProperty(r => r.HeldBy, node.Process).SetProperty(r => r.HeldUntilUtc, now + Lease), cancellationToken).ConfigureAwait(false) == 1;
    }

    private async Task MoveAsync(CmsDbContext database, long position, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        await Row(database).ExecuteUpdateAsync(
            row => row.SetProperty(r => r.Position, position).SetProperty(r => r.SeenUtc, now), cancellationToken).ConfigureAwait(false);
    }

    private IQueryable<OutboxConsumerRow> Row(CmsDbContext database) =>
        database.OutboxConsumers.Where(row => row.Name == consumer.Name && row.Node == _place);
}
