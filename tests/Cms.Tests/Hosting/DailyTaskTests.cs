using System.Data.Common;
using Cms.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cms.Tests.Hosting;

/// <summary>Upkeep of the database goes on after a day on which the database was away.</summary>
public sealed class DailyTaskTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly Days _days = new();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task A_database_that_is_away_is_asked_again_the_next_day()
    {
        using var upkeep = new Upkeep(_services.GetRequiredService<IServiceScopeFactory>(), _days) { Problem = new DatabaseAway() };
        await upkeep.StartAsync(Cancel);
        await _days.NextAsync(upkeep);
        upkeep.ExecuteTask!.IsCompleted.ShouldBeFalse();
        upkeep.Problem = null;
        await _days.NextAsync(upkeep);
        upkeep.Rounds.ShouldBe(2);
        await upkeep.StopAsync(Cancel);
    }

    [Fact]
    public async Task Any_other_error_ends_the_task_and_is_seen()
    {
        using var upkeep = new Upkeep(_services.GetRequiredService<IServiceScopeFactory>(), _days) { Problem = new InvalidOperationException("a mistake") };
        await upkeep.StartAsync(Cancel);
        await _days.NextAsync(upkeep);
        (await Should.ThrowAsync<InvalidOperationException>(upkeep.ExecuteTask!)).Message.ShouldBe("a mistake");
    }

    private sealed class Upkeep(IServiceScopeFactory scopes, TimeProvider clock) : DailyTask(scopes, clock, NullLogger.Instance)
    {
        private readonly SemaphoreSlim _begun = new(0);

        public Exception? Problem { get; set; }

        public int Rounds { get; private set; }

        public Task<bool> BegunAsync() => _begun.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        protected override Task RunAsync(IServiceProvider services, DateTime utcNow, CancellationToken cancellationToken)
        {
            Rounds++;
            _begun.Release();
            return Problem is null ? Task.CompletedTask : Task.FromException(Problem);
        }

        public override void Dispose()
        {
            _begun.Dispose();
            base.Dispose();
        }
    }

    private sealed class DatabaseAway : DbException;

    /// <summary>Days pass when the test says so.</summary>
    private sealed class Days : TimeProvider
    {
        private readonly TaskCompletionSource<Timer> _timer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task NextAsync(Upkeep upkeep)
        {
            (await _timer.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).Ring();
            (await upkeep.BegunAsync()).ShouldBeTrue();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            period.ShouldBe(TimeSpan.FromDays(1));
            var timer = new Timer(() => callback(state));
            _timer.SetResult(timer);
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
}
