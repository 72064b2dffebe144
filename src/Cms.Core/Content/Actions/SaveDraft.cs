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
        var changed = new List<ContentItem>();
        var draft = await writer.WritableAsync(edited, changed, cancellationToken).ConfigureAwait(false);
        var warnings = new List<ContentProblem>();
        var problems = await writer.PrepareAsync(draft, publishing: false, warnings, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) return new ContentResult(draft, problems) { Warnings = warnings };
        if (await writer.UnchangedAsync(draft, cancellationToken).ConfigureAwait(false) is { } unchanged) return new ContentResult(unchanged, []) { Warnings = warnings };
        changed.Add(draft);
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.DraftSaved, draft.Revision, changed), cancellationToken).ConfigureAwait(false);
        return new ContentResult(draft, []) { Warnings = warnings };
    }
}
