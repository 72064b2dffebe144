using Microsoft.Extensions.Logging;

namespace Cms.Platform.Upkeep;

/// <summary>How one kind of work fares: what it failed of and since when, and how long it pauses. Logs a cause once until it works again.</summary>
public sealed partial class WorkState(ILogger logger, TimeProvider clock)
{
    /// <summary>Causes remembered while it fails; further ones are not logged, as they may differ by a number in each round.</summary>
    private const int MaxCauses = 8;

    private readonly HashSet<string> _causes = new(StringComparer.Ordinal);
    private TimeSpan _pause;
    private WorkFailure? _failure;

    /// <summary>The failure that it is in, or null while it works.</summary>
    public WorkFailure? Failure => Volatile.Read(ref _failure);

    public void Succeeded(string name)
    {
        if (Failure is not { } failure) return;
        var seconds = (clock.GetUtcNow().UtcDateTime - failure.SinceUtc).TotalSeconds;
        LogRecovered(logger, name, seconds);
        _causes.Clear();
        _pause = TimeSpan.Zero;
        Volatile.Write(ref _failure, null);
    }

    public void Failed(string name, Exception problem, bool isOutage)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var cause = problem.GetBaseException();
        Volatile.Write(ref _failure, new WorkFailure(Failure?.SinceUtc ?? clock.GetUtcNow().UtcDateTime, cause.Message, isOutage));
        if (_causes.Count >= MaxCauses || !_causes.Add($"{cause.GetType()} {cause.Message}")) return;
        if (isOutage) LogWaiting(logger, name, cause.Message);
        else LogFailing(logger, problem, name);
    }

    /// <summary>The pause after another failure: the first one, then twice as long each time.</summary>
    public TimeSpan Pause(TimeSpan first, TimeSpan longest)
    {
        _pause = _pause == TimeSpan.Zero ? first : _pause * 2;
        return _pause = _pause > longest ? longest : _pause;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Work} failed; it is tried again, less and less often. The same cause is not logged again until it works")]
    private static partial void LogFailing(ILogger logger, Exception problem, string work);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} waits for the database, and is tried again: {Cause}")]
    private static partial void LogWaiting(ILogger logger, string work, string cause);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Work} works again after {Seconds:0.0} s")]
    private static partial void LogRecovered(ILogger logger, string work, double seconds);
}

/// <summary>Since when some work fails, the last cause, and whether that lies outside of the work and may pass at any moment.</summary>
public sealed record WorkFailure(DateTime SinceUtc, string Cause, bool IsOutage);
