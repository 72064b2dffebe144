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
        var edit = await writer.BeginAsync(edited, cancellationToken).ConfigureAwait(false);
        var problems = await writer.PrepareAsync(edit, publishing: true, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) return edit.Result(edit.Item, problems);
        if (edit.IsUnchanged && edit.Latest is { Published: true }) return edit.Result(edit.Latest);
        IReadOnlyList<ContentItem> changed = [.. await DemotedAsync(edit, cancellationToken).ConfigureAwait(false), edit.Item];
        (edit.Item.Published, edit.Item.PublishedUtc) = (true, writer.Now);
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.Published, edit.Item.Revision, changed), cancellationToken).ConfigureAwait(false);
        return edit.Result(edit.Item);
    }

    /// <summary>The version that readers see until now, where it is another row than the one that is stored.</summary>
    private async Task<IReadOnlyList<ContentItem>> DemotedAsync(ContentEdit edit, CancellationToken cancellationToken)
    {
        var published = await edit.PublishedAsync(writer.Store, cancellationToken).ConfigureAwait(false);
        if (published is null || published.ContentItemVersionId == edit.Item.ContentItemVersionId) return [];
        var demoted = published.Copy();
        demoted.Latest = demoted.Published = false;
        return [demoted];
    }
}
