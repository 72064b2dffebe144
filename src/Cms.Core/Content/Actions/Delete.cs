namespace Cms.Core.Content.Actions;

/// <summary>Deletes an item softly: no version is latest or published any more, all stay as history.</summary>
public sealed class Delete(ContentWriter writer)
{
    /// <returns>The version that was the latest, what keeps the item, or null where there is no such item.</returns>
    /// <exception cref="ContentConflictException">Somebody else changed the item since <paramref name="revision"/>.</exception>
    public async Task<ContentResult?> ExecuteAsync(string contentItemId, long revision, CancellationToken cancellationToken)
    {
        var latest = await writer.Store.FindAsync(contentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        var published = await writer.Store.FindAsync(contentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        var active = new[] { latest, published }.OfType<ContentItem>().DistinctBy(version => version.ContentItemVersionId).ToList();
        if (active.Count == 0) return null;
        var problems = new List<ContentProblem>();
        await writer.EachHandlerAsync(problems, handler => handler.RemovingAsync(active[0], problems, cancellationToken)).ConfigureAwait(false);
        if (problems.Count > 0) return new ContentResult(active[0], problems);
        foreach (var version in active) version.Latest = version.Published = false;
        await writer.Store.SaveAsync(new ContentChange(ContentEventKind.Deleted, revision, active), cancellationToken).ConfigureAwait(false);
        return new ContentResult(active[0], []);
    }
}
