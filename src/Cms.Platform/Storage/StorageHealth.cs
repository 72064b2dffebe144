using System.Collections.Concurrent;
using Cms.Platform.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage;

/// <summary>
/// Whether the storage serves: asks the database, and remembers outages that a read doesn't show, such as a full disk. Whoever meets an
/// outage reports it here, which logs its cause once a minute instead of at each request.
/// </summary>
public sealed partial class StorageHealth(IServiceScopeFactory scopes, SqliteFileState file, TimeProvider clock, ILogger<StorageHealth> logger) : IHealthCheck
{
    /// <summary>For how long an outage that somebody met counts, unless it is met again.</summary>
    private static readonly TimeSpan Counts = TimeSpan.FromMinutes(1);

    /// <summary>For how long a lock that a write met counts: reads go on and don't show it.</summary>
    private static readonly TimeSpan LockCounts = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<StorageOutage, (DateTimeOffset Logged, DateTimeOffset Met)> _outages = new();
    private volatile string? _damage;

    public void Report(StorageOutage outage, Exception problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var now = clock.GetUtcNow();
        var isNew = !_outages.TryGetValue(outage, out var last) || now - last.Logged >= Counts;
        _outages[outage] = (isNew ? now : last.Logged, now);
        if (isNew) LogOutage(logger, problem, StorageFailure.Describe(outage));
    }

    /// <summary>The database's pages were found damaged: it stays so until somebody restores a copy and starts the site again.</summary>
    public void ReportDamage(string finding)
    {
        _damage = finding;
        LogDamage(logger, finding);
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_damage is { } damage) return HealthCheckResult.Unhealthy($"The database is damaged: {damage}");
        if (file.IsPending) return HealthCheckResult.Unhealthy(StorageFailure.Describe(StorageOutage.Moved));
        var now = clock.GetUtcNow();
        var met = _outages.Where(outage => outage.Key is not (StorageOutage.Away or StorageOutage.Moved or StorageOutage.Locked or StorageOutage.Busy) && now - outage.Value.Met < Counts).Select(outage => outage.Key).ToList();
        if (met.Count > 0) return HealthCheckResult.Unhealthy(string.Join(" ", met.Select(StorageFailure.Describe)));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CmsDbContext>().Documents.AnyAsync(limit.Token).ConfigureAwait(false);
            return _outages.TryGetValue(StorageOutage.Locked, out var locked) && now - locked.Met < LockCounts
                ? HealthCheckResult.Degraded(StorageFailure.Describe(StorageOutage.Locked))
                : HealthCheckResult.Healthy();
        }
#pragma warning disable CA1031 // Whatever keeps the database from answering, that is the finding.
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return HealthCheckResult.Unhealthy(StorageFailure.Describe(StorageFailure.Of(problem) ?? StorageOutage.Away), problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Outage} Requests that need it are told so; the cause is logged once a minute")]
    private static partial void LogOutage(ILogger logger, Exception problem, string outage);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The database is damaged: {Finding}. The site goes on with what can be read. Stop it, keep the damaged file, and restore a copy")]
    private static partial void LogDamage(ILogger logger, string finding);
}
