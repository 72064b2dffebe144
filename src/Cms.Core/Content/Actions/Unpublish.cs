namespace Cms.Core.Content.Actions;

/// <summary>Takes an item from the readers; its latest version stays as a draft.</summary>
public sealed class Unpublish(ContentWriter writer)
{
    /// <returns>The latest version, what keeps the item published, or null where it is not published.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item since <paramref name="revision"/>.</exception>
    public async Task<ContentResult?> ExecuteAsync(string contentItemId, long revision, CancellationToken cancellationToken)
    {
        var published = await writer.Store.FindAsync(contentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        if (published is null) return null;
        var problems = new List<ContentProblem>();
        await writer.EachHandlerAsync(problems, handler => handler.UnpublishingAsync(published, problems, cancellationToken)).ConfigureAwait(false);
        if (problems.Count > 0) return new ContentResult(published, problems);
        published.Published = false;
        published.PublishedUtc = null;
        published.ModifiedUtc = writer.Now;
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.Unpublished, revision, [published]), cancellationToken).ConfigureAwait(false);
        return await writer.Store.FindAsync(contentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false) is { } latest
            ? new ContentResult(latest, [])
            : null;
    }
}
