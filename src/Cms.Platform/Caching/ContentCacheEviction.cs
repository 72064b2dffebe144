using Cms.Core.Content;
using Cms.Core.Events;
using Microsoft.AspNetCore.OutputCaching;

namespace Cms.Platform.Caching;

/// <summary>Drops cached answers when what the public may see has changed; drafts change nothing of it.</summary>
internal sealed class ContentCacheEviction(SiteVersion site, IOutputCacheStore cache) : IContentEventHandler
{
    public async Task HandleAsync(IReadOnlyList<ContentEvent> events, CancellationToken cancellationToken)
    {
        if (events.All(change => change.Kind == ContentEventKind.DraftSaved)) return;
        site.Advance();
        await cache.EvictByTagAsync(PublicAnswers.ContentTag, cancellationToken).ConfigureAwait(false);
    }
}
