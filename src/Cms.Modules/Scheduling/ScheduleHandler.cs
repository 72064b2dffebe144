using Cms.Core.Content;
using Cms.Core.Events;

namespace Cms.Modules.Scheduling;

/// <summary>A time that was acted upon, or that somebody forestalled, is cleared; an item that would be archived at once is not published.</summary>
public sealed class ScheduleHandler(TimeProvider clock) : ContentHandler
{
    public override ValueTask PublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(problems);
        item.Part(nameof(PublishLaterPart))?.Remove(PublishLaterPart.Member);
        if (IsPast(item))
            problems.Add(new ContentProblem(nameof(ArchiveLaterPart), $"The time at which the item shall be archived has passed; choose a later one or clear it."));
        return ValueTask.CompletedTask;
    }

    public override ValueTask UnpublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        item.Part(nameof(ArchiveLaterPart))?.Remove(ArchiveLaterPart.Member);
        return ValueTask.CompletedTask;
    }

    public override ValueTask CloningAsync(ContentItem copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        copy.Part(nameof(PublishLaterPart))?.Remove(PublishLaterPart.Member);
        copy.Part(nameof(ArchiveLaterPart))?.Remove(ArchiveLaterPart.Member);
        return ValueTask.CompletedTask;
    }

    private bool IsPast(ContentItem item) => item.Part(nameof(ArchiveLaterPart))?.MomentOf(ArchiveLaterPart.Member) <= clock.GetUtcNow().UtcDateTime;
}
