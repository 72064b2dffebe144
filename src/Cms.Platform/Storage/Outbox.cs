using Cms.Core.Content;
using Cms.Core.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Tells this process's handlers what was committed, in order: at once after a change of its own, within
/// <see cref="PollInterval"/> after one of another process. Starts with what is committed after the site started, because
/// its handlers keep nothing across a restart.
/// </summary>
public sealed partial class Outbox(IServiceScopeFactory scopes, IEnumerable<IContentEventHandler> handlers, ILogger<Outbox> logger) : BackgroundService
{
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Events handed over at once.</summary>
    private const int BatchSize = 500;

    private readonly IContentEventHandler[] _handlers = [.. handlers];
    private readonly SemaphoreSlim _delivery = new(1, 1);
    private long? _position;

    /// <summary>
    /// Delivers what is committed and not yet delivered, and returns when it is. Never throws for a handler's failure: that
    /// is logged, and the same events come again at the next poll.
    /// </summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        await _delivery.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
            if (_position is null) return;
            while (await DeliverBatchAsync(database, cancellationToken).ConfigureAwait(false) == BatchSize) { }
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            LogFailed(logger, problem);
        }
        finally
        {
            _delivery.Release();
        }
    }

    /// <summary>Finds where the outbox ends. Runs before the server listens, so that nothing that it answers is older.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            var rows = scope.ServiceProvider.GetRequiredService<CmsDbContext>().Outbox;
            _position = await rows.MaxAsync(row => (long?)row.Sequence, cancellationToken).ConfigureAwait(false) ?? 0;
        }

        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        _delivery.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PollInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await DeliverAsync(stoppingToken).ConfigureAwait(false);
    }

    private async Task<int> DeliverBatchAsync(CmsDbContext database, CancellationToken cancellationToken)
    {
        var rows = await database.Outbox.AsNoTracking().Where(row => row.Sequence > _position).OrderBy(row => row.Sequence).Take(BatchSize)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0) return 0;
        var events = rows.ConvertAll(row => new ContentEvent(
            row.Sequence, Enum.Parse<ContentEventKind>(row.Kind), row.ContentItemId, row.ContentType, row.OccurredUtc));
        foreach (var handler in _handlers) await handler.HandleAsync(events, cancellationToken).ConfigureAwait(false);
        _position = rows[^1].Sequence;
        return rows.Count;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Content events could not be delivered; they are tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
