namespace Cms.Core.Content;

/// <summary>An edit under way: the version that it stores, and what was there before, read once so that all rules compare with the same.</summary>
/// <param name="item">The version to store.</param>
/// <param name="latest">The latest version as stored; null for a new item. Nobody changes it.</param>
public sealed class ContentEdit(ContentItem item, ContentItem? latest)
{
    public ContentItem Item { get; } = item;

    public ContentItem? Latest { get; } = latest;

    /// <summary>The version to store is a new one, which the latest becomes history of.</summary>
    public bool MakesVersion { get; init; }

    /// <summary>What cleaning took out of the values, which keeps nothing from being stored.</summary>
    public List<ContentProblem> Warnings { get; } = [];

    /// <summary>
    /// The item says what its latest version says, so that there is nothing to store. An edit that began with another revision has not
    /// seen that text: it is a conflict, also where both came to the same words.
    /// </summary>
    public bool IsUnchanged => Latest is not null && Latest.Revision == Item.Revision && Latest.HasSameContent(Item);

    /// <summary>The latest version as it becomes where a new one takes its place, or nothing.</summary>
    public IEnumerable<ContentItem> Replaced
    {
        get
        {
            if (Latest is null || !MakesVersion) yield break;
            var replaced = Latest.Copy();
            replaced.Latest = false;
            yield return replaced;
        }
    }

    /// <summary>The published version as stored; null where there is none.</summary>
    public async Task<ContentItem?> PublishedAsync(IContentStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Latest is { Published: true } ? Latest : await store.FindAsync(Item.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
    }

    public ContentResult Result(ContentItem shown, IReadOnlyList<ContentProblem>? problems = null) => new(shown, problems ?? []) { Warnings = Warnings };
}
