using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Events;
using Cms.Platform.Storage;
using Cms.Platform.Upkeep;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cms.SiteTests;

/// <summary>Consumers of the outbox get everything at least once and in order, whatever happens to them and their neighbours.</summary>
public sealed class OutboxTests(OutboxSite site) : IClassFixture<OutboxSite>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task SaveAsync(params string[] ids)
    {
        await using var scope = site.NewScope();
        foreach (var id in ids)
        {
            var item = new ContentItem { ContentItemId = id, ContentType = "Page", DisplayText = id };
            item.Content["TitlePart"] = new System.Text.Json.Nodes.JsonObject { ["Title"] = id };
            await scope.ServiceProvider.GetRequiredService<SaveDraft>().ExecuteAsync(item, Cancel);
        }
    }

    private static async Task EventuallyAsync(Func<bool> isSo)
    {
        while (!isSo()) await Task.Delay(50, Cancel);
    }

    [Fact]
    public async Task A_consumer_that_fails_gets_its_events_again_and_holds_up_nobody()
    {
        site.Flaky.Fails = 2;
        await SaveAsync("4first", "4second");
        await EventuallyAsync(() => site.Steady.Seen.Contains("4second"));
        await EventuallyAsync(() => site.Flaky.Seen.Contains("4second"));
        site.Flaky.Seen.Where(id => id is "4first" or "4second").Distinct().ShouldBe(["4first", "4second"]);
        site.Flaky.Fails.ShouldBe(0);
    }

    [Fact]
    public async Task A_change_does_not_wait_for_a_handler_that_hangs()
    {
        var gate = site.Held.Hold();
        await SaveAsync("4held");
        gate.Task.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await EventuallyAsync(() => site.Held.Seen.Contains("4held"));
    }

    [Fact]
    public async Task A_consumer_goes_on_where_its_stored_place_is()
    {
        await SaveAsync("4third");
        await EventuallyAsync(() => site.Steady.Seen.Contains("4third"));
        var late = new Recorder("Late", ConsumerScope.Node);
        await RunAsync(late, "node-1", () => late.Seen.Count == 0);
        await SaveAsync("4slept", "4through");
        await RunAsync(late, "node-1", () => late.Seen.Count == 2);
        late.Seen.ShouldBe(["4slept", "4through"]);

        // A node of its own has a place of its own, and a lost place begins at the end.
        var other = new Recorder("Late", ConsumerScope.Node);
        await RunAsync(other, "node-2", () => other.Seen.Count == 0);
        await SaveAsync("4more");
        await RunAsync(other, "node-2", () => other.Seen.Count == 1);
        await RunAsync(late, "node-1", () => late.Seen.Count == 3);
    }

    [Fact]
    public async Task A_place_that_was_erased_meanwhile_is_not_lost()
    {
        await SaveAsync("4before");
        await EventuallyAsync(() => site.Steady.Seen.Contains("4before"));
        await using (var scope = site.NewScope())
        {
            await scope.ServiceProvider.GetRequiredService<CmsDbContext>().OutboxConsumers.Where(row => row.Name == "Steady").ExecuteDeleteAsync(Cancel);
        }

        await SaveAsync("4after");
        await EventuallyAsync(() => site.Steady.Seen.Contains("4after"));
    }

    [Fact]
    public async Task One_process_of_the_cluster_serves_a_consumer()
    {
        var (first, second) = (new Recorder("Webhook", ConsumerScope.Cluster), new Recorder("Webhook", ConsumerScope.Cluster));
        using var serving = NewConsumer(first, "a");
        using var waiting = NewConsumer(second, "b");
        await serving.StartAsync(Cancel);
        await waiting.StartAsync(Cancel);
        await EventuallyAsync(() => PlacesAsync("Webhook").GetAwaiter().GetResult().Count == 1);
        await SaveAsync("4once");
        await EventuallyAsync(() =>
        {
            serving.Wake();
            waiting.Wake();
            return first.Seen.Count + second.Seen.Count > 0;
        });
        await SaveAsync("4twice");
        await EventuallyAsync(() =>
        {
            serving.Wake();
            waiting.Wake();
            return first.Seen.Count + second.Seen.Count >= 2;
        });
        await serving.StopAsync(Cancel);
        await waiting.StopAsync(Cancel);
        first.Seen.Concat(second.Seen).ShouldBe(["4once", "4twice"]);
        Math.Min(first.Seen.Count, second.Seen.Count).ShouldBe(0);
    }

    [Fact]
    public async Task Only_old_events_that_everybody_has_handled_are_erased()
    {
        await SaveAsync("4old", "4older");
        await using var scope = site.NewScope();
        var database = scope.ServiceProvider.GetRequiredService<CmsDbContext>();
        var behind = new OutboxConsumerRow { Name = "Behind", Node = "x", Position = 3, SeenUtc = DateTime.UtcNow };
        database.OutboxConsumers.Add(behind);
        await database.SaveChangesAsync(Cancel);
        (await OutboxPruning.PruneAsync(database, DateTime.UtcNow, Cancel)).ShouldBe(0);
        (await OutboxPruning.PruneAsync(database, DateTime.UtcNow + OutboxPruning.Keep + TimeSpan.FromDays(1), Cancel)).ShouldBe(3);
        (await database.Outbox.MinAsync(row => row.Sequence, Cancel)).ShouldBe(4);
        await OutboxPruning.PruneAsync(database, DateTime.UtcNow + OutboxPruning.Forget + TimeSpan.FromDays(1), Cancel);
        (await database.OutboxConsumers.CountAsync(row => row.Name == "Behind", Cancel)).ShouldBe(0);
        (await database.Outbox.CountAsync(Cancel)).ShouldBeGreaterThan(0);
    }

    private async Task<List<OutboxConsumerRow>> PlacesAsync(string name)
    {
        await using var scope = site.NewScope();
        return await scope.ServiceProvider.GetRequiredService<CmsDbContext>().OutboxConsumers.AsNoTracking().Where(row => row.Name == name).ToListAsync(Cancel);
    }

    private OutboxConsumer NewConsumer(IContentEventConsumer consumer, string node)
    {
        var folder = Path.Combine(site.DataFolder, "nodes", node);
        return new OutboxConsumer(consumer, new NodeIdentity(new StoragePaths(folder)), site.Services.GetRequiredService<IServiceScopeFactory>(), site.Services.GetRequiredService<UpkeepServices>(), NullLogger.Instance);
    }

    /// <summary>Serves a consumer until it has what it should, and stops as a process would.</summary>
    private async Task RunAsync(Recorder recorder, string node, Func<bool> until)
    {
        using var consumer = NewConsumer(recorder, node);
        await consumer.StartAsync(Cancel);
        var id = new NodeIdentity(new StoragePaths(Path.Combine(site.DataFolder, "nodes", node))).Node;
        await EventuallyAsync(() => PlacesAsync(recorder.Name).GetAwaiter().GetResult().Any(row => row.Node == id));
        await EventuallyAsync(until);
        await consumer.StopAsync(Cancel);
    }
}

/// <summary>A site with consumers that tests can look into.</summary>
public sealed class OutboxSite : Site
{
    public Recorder Steady { get; } = new("Steady", ConsumerScope.Node);

    public Recorder Flaky { get; } = new("Flaky", ConsumerScope.Cluster);

    public HeldHandler Held { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IContentEventHandler>(Steady).AddSingleton<IContentEventHandler>(Flaky).AddSingleton<IContentEventHandler>(Held));
    }
}

/// <summary>Is told of changes at once, and is not done before it may be.</summary>
public sealed class HeldHandler : IContentEventHandler
{
    private TaskCompletionSource? _gate;

    public System.Collections.Concurrent.ConcurrentBag<string> Seen { get; } = [];

    public TaskCompletionSource Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task HandleAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken)
    {
        if (_gate is { } gate) await gate.Task.WaitAsync(cancellationToken);
        foreach (var change in events) Seen.Add(change.ContentItemId);
    }
}

/// <summary>Remembers what it was told, and fails when it is told to.</summary>
public sealed class Recorder(string name, ConsumerScope scope) : IContentEventConsumer
{
    private readonly Lock _lock = new();
    private readonly List<string> _seen = [];

    public string Name => name;

    public ConsumerScope Scope => scope;

    /// <summary>How many times more it fails.</summary>
    public int Fails { get; set; }

    public IReadOnlyList<string> Seen
    {
        get
        {
            lock (_lock) return [.. _seen];
        }
    }

    public Task HandleAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken)
    {
        if (Fails > 0)
        {
            Fails--;
            throw new InvalidOperationException("Told to fail.");
        }

        lock (_lock) _seen.AddRange(events.Select(change => change.ContentItemId));
        return Task.CompletedTask;
    }
}
