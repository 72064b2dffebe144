using System.Collections.Concurrent;
using SQLitePCL;

namespace Cms.Platform.Queries;

/// <summary>How far a query has come, and whether it may go on.</summary>
internal sealed class SqliteQueryRun : IDisposable
{
    private static readonly ConcurrentDictionary<SqliteQueryRun, long> Running = new();

    private readonly StoredQueryLimits _limits;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _cancellationToken;
    private readonly long _began;
    private readonly long _memory = raw.sqlite3_memory_used();

    public SqliteQueryRun(StoredQueryLimits limits, TimeProvider clock, CancellationToken cancellationToken)
    {
        (_limits, _clock, _cancellationToken, _began) = (limits, clock, cancellationToken, clock.GetTimestamp());
        Running[this] = _began;
    }

    public bool NeedsTooMuchMemory { get; private set; }

    public bool MustStop() => _cancellationToken.IsCancellationRequested || _clock.GetElapsedTime(_began) > _limits.Timeout || (NeedsTooMuchMemory |= HasTooMuchMemory());

    public void Dispose() => Running.TryRemove(this, out _);

    /// <summary>SQLite counts the memory of all its connections in one. Of the queries that run while it grows, the oldest has to stop.</summary>
    private bool HasTooMuchMemory() =>
        raw.sqlite3_memory_used() - _memory > _limits.MaxMemoryBytes && Running.Values.All(began => began >= _began);
}
