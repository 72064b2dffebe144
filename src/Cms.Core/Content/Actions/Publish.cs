namespace Cms.Core.Content.Actions;

/// <summary>
/// Publishes an item, new or edited: this version becomes the one that readers see, the previous one is kept as history. Where
/// readers see the very same content already and there is no draft, nothing is stored.
/// </summary>
public sealed class Publish(ContentWriter writer)
{
    /// <param name="edited">The item as edited, or its draft as stored; its revision is the one that the edit began with.</param>
    /// <param name="cancellationToken">Cancels the publication.</param>
    /// <returns>The published version, or everything that keeps it from being published.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item meanwhile; nothing was stored.</exception>
    public Task<ContentResult> ExecuteAsync(ContentItem edited, CancellationToken cancellationToken) =>
        writer.WithFreeValuesAsync(edited, () => TryAsync(edited, cancellationToken));

    private async Task<ContentResult> TryAsync(ContentItem edited, CancellationToken cancellationToken)
    {
        var changed = new List<ContentItem>();
        var item = await writer.WritableAsync(edited, changed, cancellationToken).ConfigureAwait(false);
        var warnings = new List<ContentProblem>();
        var problems = await writer.PrepareAsync(item, publishing: true, warnings, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) return new ContentResult(item, problems) { Warnings = warnings };
        if (await writer.UnchangedAsync(item, cancellationToken).ConfigureAwait(false) is { Published: true } unchanged) return new ContentResult(unchanged, []) { Warnings = warnings };
        await DemotePublishedAsync(item, changed, cancellationToken).ConfigureAwait(false);
        item.Published = true;
        item.PublishedUtc = writer.Now;
        changed.Add(item);
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.Published, item.Revision, changed), cancellationToken).ConfigureAwait(false);
        return new ContentResult(item, []) { Warnings = warnings };
    }

    private async Task DemotePublishedAsync(ContentItem item, List<ContentItem> changed, CancellationToken cancellationToken)
    {
        if (changed.Find(version => version.Published) is { } replaced)
        {
            replaced.Published = false;
            return;
        }

        var published = await writer.Store.FindAsync(item.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        if (published is null || published.ContentItemVersionId == item.ContentItemVersionId) return;
        published.Published = false;
        changed.Add(published);
    }
}
