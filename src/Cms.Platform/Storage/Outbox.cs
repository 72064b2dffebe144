using Cms.Core.Content;
using Cms.Core.Events;
using Cms.Platform.Upkeep;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Tells what was committed, in order: this process's handlers at once after a change of its own, consumers right afterwards,
/// and all of them within <see cref="PollInterval"/> after a change of another process. Handlers begin with what is committed
/// after the site started; consumers go on where they were.
/// </summary>
public sealed class Outbox : PeriodicWork
{
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a change waits for the handlers.</summary>
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromSeconds(2);

    private readonly IServiceScopeFactory _scopes;
    private readonly IContentEventHandler[] _handlers;
    private readonly OutboxConsumer[] _consumers;
    private readonly SemaphoreSlim _delivery = new(1, 1);
    private long? _position;

    public Outbox(IServiceScopeFactory scopes, IEnumerable<IContentEventHandler> handlers, NodeIdentity node, UpkeepServices upkeep, ILogger<Outbox> logger)
        : base(upkeep, logger)
    {
        ArgumentNullException.ThrowIfNull(handlers);
        var all = handlers.ToLookup(handler => handler is IContentEventConsumer);
        _scopes = scopes;
        _handlers = [.. all[false]];
        _consumers = [.. all[true].Cast<IContentEventConsumer>().Select(consumer => new OutboxConsumer(consumer, node, scopes, upkeep, logger))];
    }

    protected override TimeSpan Interval => PollInterval;

    // Readers see what is kept in memory until the handlers know better.
    protected override TimeSpan LongestPause => TimeSpan.FromSeconds(2);

    /// <summary>
    /// Hands to the handlers what is committed and not yet delivered, wakes the consumers, and returns when the handlers are done, or after
    /// <see cref="LongestDelivery"/>: a delivery that takes longer goes on, and no change waits for it. Never throws for a handler's failure:
    /// the same events come again at the next poll, which reports it.
    /// </summary>
    public async Task DeliverAsync()
    {
        try
        {
            await RunAsync(CancellationToken.None).WaitAsync(LongestDelivery).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What was committed stays so, whatever fails in telling it.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>Finds where the outbox ends. Runs before the server listens, so that nothing that it answers is older.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var scope = _scopes.CreateAsyncScope())
        {
            var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
            _position = await database.EndOfOutboxAsync(cancellationToken).ConfigureAwait(false);
            foreach (var consumer in _consumers) await consumer.FindPositionAsync(database, cancellationToken).ConfigureAwait(false);
        }

        foreach (var consumer in _consumers) await consumer.StartAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on behind what is committed now, in a database that took the place of the one before.</summary>
    internal async Task RestartAsync(CancellationToken cancellationToken)
    {
        await _delivery.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            _position = await scope.ServiceProvider.GetRequiredService<CmsDbContext>().EndOfOutboxAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _delivery.Release();
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll([base.StopAsync(cancellationToken), .. _consumers.Select(consumer => consumer.StopAsync(cancellationToken))]);

    public override void Dispose()
    {
        _delivery.Dispose();
        foreach (var consumer in _consumers) consumer.Dispose();
        base.Dispose();
    }

    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        await _delivery.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_position is null) return;
            await using var scope = _scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
            while (await DeliverBatchAsync(database, cancellationToken).ConfigureAwait(false) == OutboxReading.BatchSize) { }
        }
        finally
        {
            _delivery.Release();
            foreach (var consumer in _consumers) consumer.Wake();
        }
    }

    private async Task<int> DeliverBatchAsync(CmsDbContext database, CancellationToken cancellationToken)
    {
        var events = await database.EventsAfterAsync(_position!.Value, cancellationToken).ConfigureAwait(false);
        if (events.Count == 0) return 0;
        foreach (var handler in _handlers) await handler.HandleAsync(events, cancellationToken).ConfigureAwait(false);
        _position = events[^1].Sequence;
        return events.Count;
    }
}

/// <summary>Reads events out of the outbox.</summary>
internal static class OutboxReading
{
    /// <summary>Events handed over at once.</summary>
    public const int BatchSize = 500;

    public static async Task<IReadOnlyList<ContentEvent>> EventsAfterAsync(this CmsDbContext database, long position, CancellationToken cancellationToken)
    {
        var rows = await database.Outbox.AsNoTracking().Where(row => row.Sequence > position).OrderBy(row => row.Sequence).Take(BatchSize)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return rows.ConvertAll(row => new ContentEvent(row.Sequence, Enum.Parse<ContentEventKind>(row.Kind), row.ContentItemId, row.ContentType, row.OccurredUtc));
    }

    /// <summary>The sequence of the last event, or 0.</summary>
    public static async Task<long> EndOfOutboxAsync(this CmsDbContext database, CancellationToken cancellationToken) =>
        await database.Outbox.MaxAsync(row => (long?)row.Sequence, cancellationToken).ConfigureAwait(false) ?? 0;
}
