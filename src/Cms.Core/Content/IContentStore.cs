namespace Cms.Core.Content;

/// <summary>Where content is kept. Every item that comes out is the caller's own copy, unless a member says otherwise.</summary>
public interface IContentStore
{
    /// <summary>The item's version of that status, or null. <see cref="ContentStatus.All"/> is not a version of one item.</summary>
    Task<ContentItem?> FindAsync(string contentItemId, ContentStatus status, CancellationToken cancellationToken);

    /// <summary>The items of those ids that have a version of that status, by id, in one round trip.</summary>
    Task<IReadOnlyDictionary<string, ContentItem>> FindManyAsync(
        IReadOnlyCollection<string> contentItemIds, ContentStatus status, CancellationToken cancellationToken);

    Task<ContentItem?> FindVersionAsync(string contentItemVersionId, CancellationToken cancellationToken);

    /// <summary>Versions of an item, archived ones included, the newest first.</summary>
    Task<IReadOnlyList<ContentItem>> FindVersionsAsync(string contentItemId, int skip, int take, CancellationToken cancellationToken);

    /// <summary>Deleted items, the one deleted last first.</summary>
    Task<IReadOnlyList<DeletedContent>> FindDeletedAsync(int skip, int take, CancellationToken cancellationToken);

    /// <summary>
    /// Erases archived versions that were changed before a moment. Latest and published versions stay, and so does the last
    /// version of a deleted item, from which it can be restored.
    /// </summary>
    /// <returns>How many versions were erased.</returns>
    Task<int> PruneAsync(DateTime changedBeforeUtc, CancellationToken cancellationToken);

    /// <summary>The versions of those storage rows, in the order given.</summary>
    Task<IReadOnlyList<ContentItem>> FindDocumentsAsync(IReadOnlyList<long> documentIds, CancellationToken cancellationToken);

    /// <summary>The id of the item that holds a unique value (a path, an alias), in its draft or its published version.</summary>
    Task<string?> FindHolderAsync(string key, string value, CancellationToken cancellationToken);

    Task<IReadOnlyList<ContentItem>> QueryAsync(ContentQuery query, CancellationToken cancellationToken);

    /// <summary>The same for those who only read: what comes out is read by others too, and must not be changed.</summary>
    Task<IReadOnlyList<ContentItem>> ReadAsync(ContentQuery query, CancellationToken cancellationToken) => QueryAsync(query, cancellationToken);

    /// <summary>For each of the values, the query's page of the items whose field equals it, in one round trip for all of them.</summary>
    /// <param name="query">Filter, order and page of each list.</param>
    /// <param name="field">A text or id, such as the list that an item is in.</param>
    /// <param name="values">What the field shall equal.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    Task<ILookup<string, ContentItem>> QueryEachAsync(
        ContentQuery query, IndexedField field, IReadOnlyCollection<string> values, CancellationToken cancellationToken);

    Task<int> CountAsync(ContentQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a change with its index rows and its event in one transaction.
    /// </summary>
    /// <exception cref="ContentConflictException">The item changed since the expected revision.</exception>
    /// <exception cref="UniqueValueTakenException">Another item holds a value that may exist once.</exception>
    Task SaveAsync(ContentChange change, CancellationToken cancellationToken);
}

/// <summary>An item in the recycle bin: the version that it had last, and when it was deleted.</summary>
public sealed record DeletedContent(ContentItem LastVersion, DateTime DeletedUtc);

/// <summary>What an action did to an item.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="ExpectedRevision">The revision that the change builds on; 0 for a new item.</param>
/// <param name="Versions">The versions that are new or differ, with their flags as they shall be.</param>
public sealed record ContentChange(ContentEventKind Kind, long ExpectedRevision, IReadOnlyList<ContentItem> Versions);

public enum ContentEventKind
{
    DraftSaved,
    Published,
    Unpublished,
    Deleted,
    DraftDiscarded,
    Restored,
    Imported,
}

/// <summary>Somebody else changed the item since it was read.</summary>
public sealed class ContentConflictException(string contentItemId)
    : Exception($"The item {contentItemId} was changed by somebody else since you opened it.")
{
    public string ContentItemId { get; } = contentItemId;
}

/// <summary>A value that may exist once in the site belongs to another item.</summary>
public sealed class UniqueValueTakenException(string key, string value)
    : Exception($"Another item already has “{value}” as {key}.")
{
    public string Key { get; } = key;

    public string Value { get; } = value;

    /// <summary>The same for the person who edits, beside the part that holds the value.</summary>
    public ContentProblem Problem => new(Key.Split('.')[0], $"Another item already has “{Value}”. Choose another.");
}
