using Cms.Core.Content;

namespace Cms.Core.Events;

/// <summary>What happened to an item, from the outbox.</summary>
public sealed record ContentEvent(long Sequence, ContentEventKind Kind, string ContentItemId, string ContentType, DateTime OccurredUtc);

/// <summary>
/// Follows changes after they are stored, at least once and in order: handle the same event twice with the same result. It keeps
/// nothing across a restart, so that it hears only of what is stored while its process runs, and hears of it before the change
/// is acknowledged. What must not miss a change is an <see cref="IContentEventConsumer"/>.
/// </summary>
public interface IContentEventHandler
{
    Task HandleAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken);
}

/// <summary>
/// Follows changes across restarts and crashes: its place in the outbox is stored when it has handled what comes before, so that
/// it gets everything at least once and in order. Called in the background, a moment after the change. A new consumer begins
/// with what is stored after it was first seen.
/// </summary>
public interface IContentEventConsumer : IContentEventHandler
{
    /// <summary>What its place is stored under; never changes, at most 100 characters.</summary>
    string Name { get; }

    ConsumerScope Scope { get; }
}

/// <summary>How often a change reaches a consumer where several processes share a database.</summary>
public enum ConsumerScope
{
    /// <summary>Every node, that is every data folder, gets every change: for what it keeps in files.</summary>
    Node,
    /// <summary>One of the processes gets it, for as long as it lives: for what leaves the site, such as a webhook.</summary>
    Cluster,
}
