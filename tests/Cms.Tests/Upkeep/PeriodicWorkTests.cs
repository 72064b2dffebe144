using System.Data.Common;
using System.Net.Sockets;
using System.Threading.Channels;
using Cms.Platform.Storage;
using Cms.Platform.Upkeep;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cms.Tests.Upkeep;

/// <summary>Work in the background goes on, whatever its rounds throw.</summary>
public sealed class PeriodicWorkTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly StepClock _clock = new();
    private readonly WorkHealth _health = new();
    private readonly Log _log = new();
    private readonly Work _work;

    public PeriodicWorkTests() => _work = new Work(new UpkeepServices(_clock, _health, problem => StorageFailure.Of(problem) is not null), _log);

    public void Dispose() => _work.Dispose();

    public static TheoryData<Exception> Exceptions => new(Thrown());

    /// <summary>What databases, their clients, files, networks and mistakes throw.</summary>
    internal static IEnumerable<Exception> Thrown() =>
    [
        new DatabaseAway(), new InvalidOperationException("An exception has been raised that is likely due to a transient failure.", new NpgsqlException("away", new SocketException())),
        new TimeoutException(), new OperationCanceledException(), new TaskCanceledException(), new OperationCanceledException(new CancellationToken(true)), new NullReferenceException(),
        new IOException(), new UnauthorizedAccessException(), new ObjectDisposedException("something"), new AggregateException(new IOException()), new FormatException(), new OutOfMemoryException(),
    ];

    [Theory]
    [MemberData(nameof(Exceptions), DisableDiscoveryEnumeration = true)]
    public async Task A_round_that_throws_is_followed_by_another(Exception problem)
    {
        _work.Problem = problem;
        await _work.StartAsync(Cancel);
        await _work.RoundAsync();
        await _clock.PassAsync();
        _work.Problem = null;
        await _work.RoundAsync();
        await _clock.PassAsync();
        await _work.RoundAsync();
        _work.ExecuteTask!.IsCompleted.ShouldBeFalse();
        await _work.StopAsync(Cancel);
        _work.ExecuteTask.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cause_is_logged_once_until_it_works_again()
    {
        await RunAsync(new IOException("disk"), new IOException("disk"), new IOException("another"), new IOException("disk"), null, null, new IOException("disk"));
        _log.Lines.Select(line => line.Split(' ')[0]).ShouldBe(["Error", "Error", "Information", "Error"]);
    }

    [Fact]
    public async Task Pauses_double_up_to_a_limit_and_begin_anew_after_a_success()
    {
        await RunAsync([.. Enumerable.Repeat(new FormatException(), 5), null, new FormatException(), null]);
        _clock.Pauses.ShouldBe([Second, 2 * Second, 4 * Second, 8 * Second, 10 * Second, _work.Length, Second, _work.Length]);
    }

    [Fact]
    public async Task A_database_that_is_away_is_asked_again_at_short_intervals_however_long_it_stays_away()
    {
        await RunAsync([.. Enumerable.Repeat(new NpgsqlException("away", new SocketException()), 5)]);
        _clock.Pauses.ShouldBe([Second, 2 * Second, 2 * Second, 2 * Second, 2 * Second]);
    }

    [Fact]
    public async Task Work_that_fails_leaves_the_site_degraded_until_it_works()
    {
        await RunAsync(new IOException("disk"));
        var report = await _health.CheckHealthAsync(new HealthCheckContext(), Cancel);
        (report.Status, report.Data["Work"]).ShouldBe((HealthStatus.Degraded, "disk"));
        _work.Problem = null;
        await _clock.PassAgainAsync();
        (await _health.CheckHealthAsync(new HealthCheckContext(), Cancel)).Status.ShouldBe(HealthStatus.Healthy);
        await _work.StopAsync(Cancel);
    }

    /// <summary>One round for each problem, up to the pause after the last.</summary>
    private async Task RunAsync(params Exception?[] problems)
    {
        _work.Problem = problems[0];
        await _work.StartAsync(Cancel);
        for (var i = 1; i <= problems.Length; i++)
        {
            await _work.RoundAsync();
            await _clock.WaitsAsync();
            if (i == problems.Length) return;
            _work.Problem = problems[i];
            _clock.Pass();
        }
    }

    private sealed class DatabaseAway : DbException;

    private sealed class Work(UpkeepServices services, ILogger logger) : PeriodicWork(services, logger)
    {
        private readonly SemaphoreSlim _rounds = new(0);

        public Exception? Problem { get; set; }

        public TimeSpan Length => Interval;

        protected override TimeSpan Interval => TimeSpan.FromMinutes(7);

        protected override TimeSpan LongestPause => 10 * Second;

        public Task RoundAsync() => _rounds.WaitAsync(Cancel);

        protected override Task RunAsync(CancellationToken cancellationToken)
        {
            _rounds.Release();
            return Problem is null ? Task.CompletedTask : Task.FromException(Problem);
        }

        public override void Dispose()
        {
            base.Dispose();
            _rounds.Dispose();
        }
    }

    /// <summary>A clock whose pauses end when the test says so.</summary>
    private sealed class StepClock : TimeProvider
    {
        private readonly Channel<Timer> _waiting = Channel.CreateUnbounded<Timer>();
        private Timer? _next;

        public List<TimeSpan> Pauses { get; } = [];

        /// <summary>Waits until the work pauses.</summary>
        public async Task WaitsAsync() => _next = await _waiting.Reader.ReadAsync(Cancel);

        public void Pass() => _next!.Ring();

        public async Task PassAgainAsync()
        {
            Pass();
            await WaitsAsync();
        }

        public async Task PassAsync()
        {
            await WaitsAsync();
            Pass();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            var timer = new Timer(() => callback(state));
            _waiting.Writer.TryWrite(timer);
            return timer;
        }

        private sealed class Timer(Action ring) : ITimer
        {
            public void Ring() => ring();

            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    private sealed class Log : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {formatter(state, exception)}");
    }
}
