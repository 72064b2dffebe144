namespace Cms.Core.Content.Actions;

/// <summary>Makes the draft of an item out of one of its archived versions or earlier texts; of a deleted item too, which thereby comes back.</summary>
public sealed class Restore(ContentWriter writer)
{
    /// <param name="contentItemVersionId">The version to take.</param>
    /// <param name="revision">The revision of the item that the user saw.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <returns>The new draft, what keeps it from being stored, or null where there is no such version.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item since <paramref name="revision"/>.</exception>
    /// <exception cref="UniqueValueTakenException">Its address or alias belongs to another item by now.</exception>
    public async Task<ContentResult?> ExecuteAsync(string contentItemVersionId, long revision, CancellationToken cancellationToken)
    {
        return await writer.Store.FindVersionAsync(contentItemVersionId, cancellationToken).ConfigureAwait(false) is { } version
            ? await ExecuteAsync(version, revision, cancellationToken).ConfigureAwait(false)
            : null;
    }

    /// <param name="version">What the draft shall say: an archived version, or an earlier text of one.</param>
    /// <param name="revision">The revision of the item that the user saw.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    /// <returns>The new draft, or what keeps it from being stored.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item since <paramref name="revision"/>.</exception>
    /// <exception cref="UniqueValueTakenException">Its address or alias belongs to another item by now.</exception>
    public async Task<ContentResult> ExecuteAsync(ContentItem version, long revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        var changed = new List<ContentItem>();
        var latest = await writer.Store.FindAsync(version.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        if (latest is not null)
        {
            latest.Latest = false;
            changed.Add(latest);
        }

        var draft = version.Copy();
        draft.ContentItemVersionId = ContentId.New();
        draft.Latest = true;
        draft.Published = false;
        draft.PublishedUtc = latest?.PublishedUtc;
        draft.ModifiedUtc = writer.Now;
        draft.Author = writer.User.IsAuthenticated ? writer.User.Name : draft.Author;
        var warnings = new List<ContentProblem>();
        var problems = await writer.PrepareAsync(draft, publishing: false, warnings, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) return new ContentResult(draft, problems) { Warnings = warnings };
        changed.Add(draft);
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.Restored, revision, changed), cancellationToken).ConfigureAwait(false);
        return new ContentResult(draft, []) { Warnings = warnings };
    }
}
