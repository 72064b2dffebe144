namespace Cms.Core.Content.Actions;

/// <summary>The versions of an item that an import meets.</summary>
/// <param name="Named">The version whose id the file gives, in whatever state.</param>
/// <param name="Latest">The latest version.</param>
/// <param name="Published">The published version, which may be the latest.</param>
/// <param name="Newest">The newest version, archived or not; null for an item that is new.</param>
internal sealed record ImportTarget(ContentItem? Named, ContentItem? Latest, ContentItem? Published, ContentItem? Newest)
{
    public long Revision => Newest?.Revision ?? 0;

    public bool IsDeleted => Newest is not null && Latest is null && Published is null;

    public IEnumerable<ContentItem> Active => new[] { Latest, Published }.OfType<ContentItem>().DistinctBy(version => version.ContentItemVersionId);

    public bool IsActive(ContentItem version) => Active.Any(active => active.ContentItemVersionId == version.ContentItemVersionId);

    public static async Task<ImportTarget> FindAsync(IContentStore store, ContentItem item, CancellationToken cancellationToken)
    {
        var (id, versionId) = (item.ContentItemId, item.ContentItemVersionId);
        var named = versionId.Length == 0 ? null : await store.FindVersionAsync(versionId, cancellationToken).ConfigureAwait(false);
        var latest = await store.FindAsync(id, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        var published = latest is { Published: true } ? latest : await store.FindAsync(id, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        var archived = latest is null && published is null ? await store.FindVersionsAsync(id, 0, 1, cancellationToken).ConfigureAwait(false) : [];
        return new ImportTarget(named, latest, published, latest ?? published ?? (archived is [var newest, ..] ? newest : null));
    }

    /// <summary>
    /// The version that an item of a file continues: it says what the file leaves out. Null where the file's own version is new,
    /// because a version with an id is whole.
    /// </summary>
    public ContentItem? Continued(ContentItem item)
    {
        if (Named is not null && IsActive(Named)) return Named;
        if (Named is null && item.ContentItemVersionId.Length > 0) return null;
        return (item.Published ? Published ?? Latest : Latest ?? Published) ?? Named ?? Newest;
    }

    /// <summary>
    /// Whether an item of a file is written into the version that it names. A version that readers see stays as it is while the file has
    /// only a draft, and one that somebody edited here stays as history.
    /// </summary>
    public bool IsWrittenInto(ContentItem item, bool isEdited) => Named is not null && IsActive(Named) && !isEdited && (item.Published || !Named.Published);

    /// <summary>What keeps the file's item from being a version of this one; null where nothing does.</summary>
    public ContentProblem? Problem(ContentItem item)
    {
        if (Named is not null && !string.Equals(Named.ContentItemId, item.ContentItemId, StringComparison.OrdinalIgnoreCase))
            return ContentProblem.Of(nameof(item.ContentItemVersionId), $"The version “{item.ContentItemVersionId}” belongs to the item “{Named.ContentItemId}”; give this one an id of its own, or none.");
        if (Newest is not null && !string.Equals(Newest.ContentType, item.ContentType, StringComparison.OrdinalIgnoreCase))
            return ContentProblem.Of(nameof(item.ContentType), $"The item is a {Newest.ContentType} here and a {item.ContentType} in the recipe; give one of them another id.");
        return null;
    }
}
