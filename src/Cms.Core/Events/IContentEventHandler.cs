using Cms.Core.Content;

namespace Cms.Core.Events;

/// <summary>What happened to an item, from the outbox.</summary>
public sealed record ContentEvent(long Sequence, ContentEventKind Kind, string ContentItemId, string ContentType, DateTime OccurredUtc);

/// <summary>
/// Follows changes after they are stored. Delivered at least once and in order, also after a crash: handle the same
/// event twice with the same result.
/// </summary>
public interface IContentEventHandler
{
    Task HandleAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken);
}
