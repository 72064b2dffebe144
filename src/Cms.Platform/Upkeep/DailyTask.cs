using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Upkeep;

/// <summary>Upkeep of the database once a day, in a scope of its own.</summary>
public abstract class DailyTask(IServiceScopeFactory scopes, UpkeepServices services, ILogger logger) : PeriodicWork(services, logger)
{
    private readonly TimeProvider _clock = services.Clock;

    protected override TimeSpan Interval => TimeSpan.FromDays(1);

    protected override TimeSpan LongestPause => TimeSpan.FromHours(1);

    protected override bool RunsAtStart => false;

    protected sealed override async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await RunAsync(scope.ServiceProvider, _clock.GetUtcNow().UtcDateTime, cancellationToken).ConfigureAwait(false);
    }

    protected abstract Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken);
}
