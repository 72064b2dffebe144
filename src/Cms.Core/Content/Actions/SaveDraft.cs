namespace Cms.Core.Content.Actions;

/// <summary>Saves an item, new or edited, as a draft. What readers see does not change. Without a change of its content, nothing is stored.</summary>
public sealed class SaveDraft(ContentWriter writer)
{
    /// <param name="edited">The item as edited; its <see cref="ContentItem.Revision"/> is the one that the edit began with, 0 for a new item.</param>
    /// <param name="cancellationToken">Cancels the save.</param>
    /// <returns>The draft as stored, the latest version where it says the same, or what is wrong with it. A draft may be incomplete.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item meanwhile; nothing was stored.</exception>
    public Task<ContentResult> ExecuteAsync(ContentItem edited, CancellationToken cancellationToken) =>
        writer.WithFreeValuesAsync(edited, () => TryAsync(edited, cancellationToken));

    private async Task<ContentResult> TryAsync(ContentItem edited, CancellationToken cancellationToken)
    {
        var edit = await writer.BeginAsync(edited, cancellationToken).ConfigureAwait(false);
        var problems = await writer.PrepareAsync(edit, publishing: false, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) return edit.Result(edit.Item, problems);
        if (edit.IsUnchanged) return edit.Result(edit.Latest!);
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.DraftSaved, edit.Item.Revision, [.. edit.Replaced, edit.Item]), cancellationToken).ConfigureAwait(false);
        return edit.Result(edit.Item);
    }
}
