using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Hosting;

/// <summary>
/// Upkeep of the database once a day, in a scope of its own. A database that is busy or away does not end the site: the next
/// round tries again.
/// </summary>
public abstract partial class DailyTask(IServiceScopeFactory scopes, TimeProvider clock, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>The first round is when the site starts, and not a day later.</summary>
    protected virtual bool RunsAtStart => false;

    protected abstract Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        if (RunsAtStart) await TryRunAsync(stoppingToken).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await TryRunAsync(stoppingToken).ConfigureAwait(false);
    }

    private async Task TryRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await RunAsync(scope.ServiceProvider, clock.GetUtcNow().UtcDateTime, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException problem)
        {
            LogPostponed(logger, GetType().Name, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task} could not be done; the next round tries again")]
    private static partial void LogPostponed(ILogger logger, string task, Exception problem);
}
