namespace Cms.Core.Content.Actions;

/// <summary>Drops the draft of a published item: what readers see becomes the latest version again. The draft stays as history.</summary>
public sealed class DiscardDraft(ContentWriter writer)
{
    /// <returns>The published version, or null where the item has none or no draft beside it.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item since <paramref name="revision"/>.</exception>
    public async Task<ContentItem?> ExecuteAsync(string contentItemId, long revision, CancellationToken cancellationToken)
    {
        var draft = await writer.Store.FindAsync(contentItemId, ContentStatus.Draft, cancellationToken).ConfigureAwait(false);
        var published = await writer.Store.FindAsync(contentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        if (draft is null || published is null) return null;
        draft.Latest = false;
        published.Latest = true;
        await writer.Store.SaveAsync(
            new ContentChange(ContentEventKind.DraftDiscarded, revision, [draft, published]), cancellationToken).ConfigureAwait(false);
        return published;
    }
}
