namespace Cms.Core.Content.Actions;

/// <summary>Makes a draft that has everything of another item but its ids, its address and its translations.</summary>
public sealed class Clone(ContentWriter writer)
{
    /// <returns>The draft as stored, or what keeps it from being stored.</returns>
    public async Task<ContentResult> ExecuteAsync(ContentItem source, CancellationToken cancellationToken)
    {
        var copy = await writer.CopyAsync(source, cancellationToken).ConfigureAwait(false);
        copy.Latest = true;
        return await writer.WithFreeValuesAsync(copy, () => TryAsync(copy.Copy(), cancellationToken)).ConfigureAwait(false);
    }

    private async Task<ContentResult> TryAsync(ContentItem copy, CancellationToken cancellationToken)
    {
        var edit = new ContentEdit(copy, null);
        var problems = await writer.PrepareAsync(edit, publishing: false, cancellationToken).ConfigureAwait(false);
        if (problems.Count > 0) return edit.Result(copy, problems);
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.DraftSaved, 0, [copy]), cancellationToken).ConfigureAwait(false);
        return edit.Result(copy);
    }
}
