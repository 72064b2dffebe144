using Cms.Core.Security;

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
        var latest = await writer.Store.FindAsync(version.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        var draft = version.Copy();
        draft.ContentItemVersionId = ContentId.New();
        draft.Latest = true;
        draft.Published = false;
        draft.PublishedUtc = latest?.PublishedUtc;
        draft.ModifiedUtc = writer.Now;

        // Somebody else may have owned the item by then.
        if (latest is not null && !writer.User.Allows(ContentAction.EditOwner, latest)) draft.Owner = latest.Owner;
        draft.Author = writer.User.IsAuthenticated ? writer.User.Name : draft.Author;
        var edit = new ContentEdit(draft, latest) { MakesVersion = true };
        var problems = await writer.PrepareAsync(edit, publishing: false, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) return edit.Result(draft, problems);
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.Restored, revision, [.. edit.Replaced, draft]), cancellationToken).ConfigureAwait(false);
        return edit.Result(draft);
    }
}
