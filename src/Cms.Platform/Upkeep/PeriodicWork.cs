using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Upkeep;

/// <summary>
/// Work in rounds beside the requests, and the only base of hosted services that run in the background. Whatever a round throws, the
/// host lives and the next round tries again after a pause that doubles up to <see cref="LongestPause"/>; a cause is logged once until
/// a round succeeds. The state of all work is part of the site's health.
/// </summary>
public abstract class PeriodicWork : BackgroundService
{
    private static readonly TimeSpan DefaultLongestPause = TimeSpan.FromMinutes(5);

    /// <summary>The longest pause while the cause lies outside and may pass at any moment, as a database that is away.</summary>
    private static readonly TimeSpan LongestPauseInOutage = TimeSpan.FromSeconds(2);

    /// <summary>The source of the rounds' traces.</summary>
    public const string TraceSource = "Cms.Upkeep";

    private static readonly ActivitySource Rounds = new(TraceSource);

    private readonly UpkeepServices _services;
    private readonly WorkState _state;

    protected PeriodicWork(UpkeepServices services, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(services);
        _services = services;
        _state = new WorkState(logger, services.Clock);
    }

    /// <summary>What the log and the health report call it.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>From the end of a round to the next.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>The first pause after a failure.</summary>
    protected virtual TimeSpan FirstPause => Interval < TimeSpan.FromSeconds(1) ? Interval : TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a failure. Never longer than needed for work whose rounds are rare anyway.</summary>
    protected virtual TimeSpan LongestPause => DefaultLongestPause;

    /// <summary>The first round is when the site starts, and not an interval later.</summary>
    protected virtual bool RunsAtStart => true;

    /// <summary>False for work that the configuration turns off: there are no rounds then.</summary>
    protected virtual bool IsWanted => true;

    protected abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the next round after one that succeeded; work that is woken by events waits for those.</summary>
    protected virtual Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Interval, _services.Clock, cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host waits for what runs before the first suspension; a round is none of its start.
        await Task.Yield();
        if (!IsWanted) return;
        _services.Health.Add(Name, _state);
        if (!RunsAtStart) await WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            var problem = await TryRunAsync(stoppingToken).ConfigureAwait(false);
            var wait = problem is null ? WaitAsync(stoppingToken) : Task.Delay(PauseAfter(problem), _services.Clock, stoppingToken);
            await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Exception?> TryRunAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var round = Rounds.StartActivity(Name);
            await RunAsync(stoppingToken).ConfigureAwait(false);
            if (_state.Failure is null) return null;
            _state.Succeeded(Name);
            return null;
        }
#pragma warning disable CA1031 // Whatever a round throws, the host lives, and it is tried again.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            // What breaks off because the host stops is no failure.
            if (stoppingToken.IsCancellationRequested) return problem;
            _state.Failed(Name, problem, _services.IsOutage(problem));
            return problem;
        }
    }

    private TimeSpan PauseAfter(Exception problem) =>
        _state.Pause(FirstPause, _services.IsOutage(problem) && LongestPause > LongestPauseInOutage ? LongestPauseInOutage : LongestPause);
}

/// <summary>What all periodic work needs.</summary>
/// <param name="Clock">The clock of its pauses.</param>
/// <param name="Health">Where it reports.</param>
/// <param name="IsOutage">Whether a failure's cause lies outside of the work and may pass at any moment.</param>
public sealed record UpkeepServices(TimeProvider Clock, WorkHealth Health, Func<Exception, bool> IsOutage);
