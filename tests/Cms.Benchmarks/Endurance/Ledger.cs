using System.Collections.Concurrent;

namespace Cms.Benchmarks.Endurance;

/// <summary>What the site acknowledged and what it answered, as its clients saw it. Safe for use by many workers.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, string> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _wrong = new(StringComparer.Ordinal);
    private int _writes;

    /// <summary>The last acknowledged text of each item, by its id.</summary>
    public IReadOnlyDictionary<string, string> Acknowledged => _acknowledged;

    /// <summary>Writes that were acknowledged, several to one item included.</summary>
    public int Writes => _writes;

    /// <summary>Answers by worker and status, those that did not come included.</summary>
    public IEnumerable<KeyValuePair<string, int>> Answers => _answers.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Answers that were not right, each with how often it was seen.</summary>
    public IReadOnlyDictionary<string, int> Wrong => _wrong;

    public void Acknowledge(string contentItemId, string text)
    {
        _acknowledged[contentItemId] = text;
        Interlocked.Increment(ref _writes);
    }

    public void Answered(string worker, string status) => _answers.AddOrUpdate($"{worker} {status}", 1, (_, count) => count + 1);

    public void Fault(string what) => _wrong.AddOrUpdate(what, 1, (_, count) => count + 1);
}
