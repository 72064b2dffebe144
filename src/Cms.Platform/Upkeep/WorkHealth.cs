using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Cms.Platform.Upkeep;

/// <summary>Whether the work in the background gets on. Work that fails leaves the site degraded: it answers, and something of it lags behind.</summary>
public sealed class WorkHealth : IHealthCheck
{
    private readonly ConcurrentDictionary<string, WorkState> _states = new(StringComparer.Ordinal);

    /// <summary>The names of all work that runs.</summary>
    public IReadOnlyCollection<string> Names => [.. _states.Keys];

    /// <summary>Whether some work fails because the database is away.</summary>
    public bool IsOutage
    {
        get
        {
            // Asked for each answer that comes out of the cache.
            foreach (var (_, state) in _states)
            {
                if (state.Failure?.IsOutage == true) return true;
            }

            return false;
        }
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var failing = _states.Where(work => work.Value.Failure is not null).OrderBy(work => work.Key, StringComparer.Ordinal)
            .ToDictionary(work => work.Key, object (work) => work.Value.Failure!.Cause, StringComparer.Ordinal);
        return Task.FromResult(failing.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded($"Failing in the background: {string.Join(", ", failing.Keys)}.", data: failing));
    }

    internal void Add(string name, WorkState state) => _states[name] = state;
}
