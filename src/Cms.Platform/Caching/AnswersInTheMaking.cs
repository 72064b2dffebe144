namespace Cms.Platform.Caching;

/// <summary>The answers that are being made now, by their keys. Thread-safe.</summary>
internal sealed class AnswersInTheMaking
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SharedAnswerKey, AnswerInTheMaking> _answers = [];

    /// <summary>Readers who wait for an answer, those who make it included.</summary>
    public int Readers
    {
        get
        {
            lock (_lock) return _answers.Values.Sum(answer => answer.Readers);
        }
    }

    /// <summary>Joins those who wait for the answer, or begins it where nobody makes it.</summary>
    public (AnswerInTheMaking Answer, bool IsNew) Join(SharedAnswerKey key)
    {
        lock (_lock)
        {
            if (_answers.TryGetValue(key, out var known) && known.Join()) return (known, false);
            return (_answers[key] = new AnswerInTheMaking(), true);
        }
    }

    public void End(SharedAnswerKey key, AnswerInTheMaking answer)
    {
        lock (_lock)
        {
            // Another may have taken its place, after everybody had left this one.
            if (_answers.TryGetValue(key, out var known) && ReferenceEquals(known, answer)) _answers.Remove(key);
        }
    }
}

/// <summary>One answer that is being made for all readers who wait for it. Thread-safe.</summary>
internal sealed class AnswerInTheMaking : IDisposable
{
    /// <summary>How long an answer may take, whoever waits; longer than any limit of pages and queries.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource<SharedAnswer?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new(Longest);
    private bool _isOver;

    public AnswerInTheMaking() => CancellationToken = _cancel.Token;

    /// <summary>Cancelled when nobody waits any more, or after the longest time.</summary>
    public CancellationToken CancellationToken { get; }

    public int Readers { get; private set; } = 1;

    /// <summary>The answer; null where each has to make its own: it is not for all, or making it failed.</summary>
    public Task<SharedAnswer?> Answer => _answer.Task;

    /// <summary>False where everybody had left, so that it is not made to its end.</summary>
    public bool Join()
    {
        lock (_lock)
        {
            if (Readers == 0) return false;
            Readers++;
            return true;
        }
    }

    /// <summary>A reader has gone; the last one ends the making.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (--Readers > 0 || _isOver) return;
        }

        // Outside the lock, because whatever waits for the token goes on at once.
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It was made at the same moment.
        }
    }

    public void Complete(SharedAnswer? answer) => _answer.TrySetResult(answer);

    public void Dispose()
    {
        lock (_lock) _isOver = true;
        _answer.TrySetResult(null);
        _cancel.Dispose();
    }
}
