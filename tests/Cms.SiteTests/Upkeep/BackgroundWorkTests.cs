using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cms.Platform.Storage;
using Cms.Platform.Upkeep;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cms.SiteTests.Upkeep;

/// <summary>Whatever the work in the background throws, the site lives and goes on working.</summary>
public sealed class BackgroundWorkTests
{
    private static readonly string[] Work =
    [
        "AuditTrimming", "DatabaseCheck", "DatabaseFileWatch", "DocumentWatch", "Outbox", "Outbox consumer Search", "OutboxPruning", "ResizedImagePruning", "RevisionPruning", "ScheduledContent", "SearchUpkeep", "SignInPruning", "StagingCleanup",
        "TokenPruning", "VersionPruning",
    ];

    private static readonly Exception[] Kinds =
    [
        new DatabaseAway(), new InvalidOperationException("likely due to a transient failure", new NpgsqlException("away", new SocketException())), new TimeoutException(),
        new OperationCanceledException(), new TaskCanceledException(), new NullReferenceException(), new IOException(), new UnauthorizedAccessException(),
        new ObjectDisposedException("connection"), new AggregateException(new IOException()), new FormatException(), new InvalidCastException(),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_it_derives_from_one_base_and_reports_to_health()
    {
        using var site = new FaultySite();
        var hosted = site.Services.GetServices<IHostedService>().ToList();
        hosted.OfType<BackgroundService>().ShouldAllBe(service => service is PeriodicWork, "Derive from PeriodicWork: whatever its rounds throw, the host lives.");
        hosted.OfType<PeriodicWork>().Select(work => work.Name).Append("Outbox consumer Search").Order(StringComparer.Ordinal).ToArray()
            .ShouldBe(Work, customMessage: "A new kind of work in the background belongs into this list, so that it is tried with every kind of failure.");
        while (site.Services.GetRequiredService<WorkHealth>().Names.Count < Work.Length) await Task.Delay(20, Cancel);
        site.Services.GetRequiredService<WorkHealth>().Names.Order(StringComparer.Ordinal).ToArray().ShouldBe(Work);
    }

    [Fact]
    public async Task Every_kind_of_failure_in_every_kind_of_work_leaves_the_site_running()
    {
        using var site = new FaultySite();
        var client = site.CreateClient();
        foreach (var kind in Kinds)
        {
            await site.FailAllAsync(kind);
            site.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
            foreach (var work in site.Services.GetServices<IHostedService>().OfType<PeriodicWork>()) work.ExecuteTask!.IsCompleted.ShouldBeFalse(work.Name);
        }

        await site.WorkAllAsync();
        (await client.GetAsync(new Uri("/health", UriKind.Relative), Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetStringAsync(new Uri("/health", UriKind.Relative), Cancel)).ShouldBe("Healthy");
    }

    private sealed class DatabaseAway : System.Data.Common.DbException;

    /// <summary>A site whose background work fails as the test says, and pauses for a moment only.</summary>
    private sealed class FaultySite : Site
    {
        private static readonly AsyncLocal<FaultySite?> Current = new();

        private readonly ConcurrentDictionary<string, byte> _reached = new(StringComparer.Ordinal);
        private readonly SemaphoreSlim _moves = new(0);
        private readonly ActivityListener _listener = new()
        {
            ShouldListenTo = source => source.Name == PeriodicWork.TraceSource,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStarted = activity => Current.Value?.Begin(activity.DisplayName),
        };

        private volatile Exception? _problem;

        public FaultySite()
        {
            // The rounds run in the context that starts the site; those of other sites don't know this one.
            Current.Value = this;
            Settings["Cms:KeepVersionsDays"] = "1000";
            Settings["Cms:AuditTrail:KeepDays"] = "1000";
            ActivitySource.AddActivityListener(_listener);
            _ = Server;
        }

        /// <summary>Waits until a round of all work threw it.</summary>
        public Task FailAllAsync(Exception problem) => AllAsync(problem);

        /// <summary>Waits until a round of all work begins that doesn't fail, and another after it.</summary>
        public async Task WorkAllAsync()
        {
            await AllAsync(null);
            await AllAsync(null);
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("Logging:LogLevel:Default", "Critical");
            builder.ConfigureTestServices(services => services.AddSingleton(provider =>
                new UpkeepServices(new HastyClock(), provider.GetRequiredService<WorkHealth>(), problem => StorageFailure.Of(problem) is not null)));
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            _listener.Dispose();
            _moves.Dispose();
        }

        private async Task AllAsync(Exception? problem)
        {
            _problem = problem;
            _reached.Clear();
            while (!Work.All(_reached.ContainsKey)) await _moves.WaitAsync(Cancel);
        }

        private void Begin(string name)
        {
            var problem = _problem;

            // The consumers wait for the outbox to wake them, and so it fails last.
            if (name == "Outbox" && _reached.Count < Work.Length - 1) return;
            if (_reached.TryAdd(name, 0)) _moves.Release();
            if (problem is not null) throw problem;
        }
    }

    /// <summary>A clock on which every pause is over at once.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > Moment ? Moment : dueTime, period);
    }
}
