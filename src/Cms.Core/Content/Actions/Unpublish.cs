namespace Cms.Core.Content.Actions;

/// <summary>Takes an item from the readers; its latest version stays as a draft.</summary>
public sealed class Unpublish(ContentWriter writer)
{
    /// <returns>The latest version, or null where the item has no published version.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item since <paramref name="revision"/>.</exception>
    public async Task<ContentItem?> ExecuteAsync(string contentItemId, long revision, CancellationToken cancellationToken)
    {
        var published = await writer.Store.FindAsync(contentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        if (published is null) return null;
        published.Published = false;
        published.PublishedUtc = null;
        published.ModifiedUtc = writer.Now;
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.Unpublished, revision, [published]), cancellationToken).ConfigureAwait(false);
        return await writer.Store.FindAsync(contentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
    }
}
