using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cms.Platform.Upkeep;

/// <summary>Whether the work in the background gets on. Work that fails leaves the site degraded: it answers, and something of it lags behind.</summary>
public sealed class WorkHealth : IHealthCheck
{
    private readonly ConcurrentDictionary<string, WorkState> _states = new(StringComparer.Ordinal);

    private volatile bool _isOutage;

    /// <summary>The names of all work that runs.</summary>
    public IReadOnlyCollection<string> Names => [.. _states.Keys];

    /// <summary>Whether some work fails because the database is away.</summary>
    public bool IsOutage => _isOutage;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = _states.Where(work => work.Value.Failure is not null).OrderBy(work => work.Key, StringComparer.Ordinal)
            .ToDictionary(work => work.Key, object (work) => work.Value.Failure!.Cause, StringComparer.Ordinal);
        return Task.FromResult(failing.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Failing in the background: {string.Join(", ", failing.Keys)}.", data: failing));
    }

    /// <summary>Work failed, or works again.</summary>
    internal void Look() => _isOutage = _states.Values.Any(state => state.Failure?.IsOutage == true);

    internal void Add(string name, WorkState state) => _states[name] = state;
}
