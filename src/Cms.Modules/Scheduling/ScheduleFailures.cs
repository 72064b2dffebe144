using System.Collections.Concurrent;
using Cms.Core.Content;
using Cms.Platform.Admin;

namespace Cms.Modules.Scheduling;

/// <summary>
/// Items that are due and could not be published or archived, with the reasons, for the editors who open them. Every process tries what
/// is due when it starts, so that each knows them without storing anything.
/// </summary>
internal sealed class ScheduleFailures : IItemNotice
{
    private readonly ConcurrentDictionary<string, Failure> _failures = new(StringComparer.Ordinal);

    public int Count => _failures.Count;

    public void Add(ContentItem item, bool isArchiving, IReadOnlyList<ContentProblem> problems) => _failures[item.ContentItemId] = new Failure(item.Revision, isArchiving, problems);

    public void Remove(string contentItemId) => _failures.TryRemove(contentItemId, out _);

    /// <summary>Whether this very revision failed; a save since then may have mended it.</summary>
    public bool Contains(ContentItem item) => _failures.TryGetValue(item.ContentItemId, out var failure) && failure.Revision == item.Revision;

    public ItemNotice? Of(ContentItem item)
    {
        if (!_failures.TryGetValue(item.ContentItemId, out var failure) || failure.Revision != item.Revision) return null;
        return new ItemNotice(
            failure.IsArchiving ? (FormattableString)$"The time for archiving this item has come, but it could not be archived:" : $"The time for publishing this item has come, but it could not be published:",
            failure.Problems);
    }

    private sealed record Failure(long Revision, bool IsArchiving, IReadOnlyList<ContentProblem> Problems);
}
