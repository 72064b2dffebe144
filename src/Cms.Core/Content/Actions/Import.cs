using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;

namespace Cms.Core.Content.Actions;

/// <summary>Stores items as a recipe gives them: ids, dates, owner and flags win over what handlers would set (content-model contract, section 5).</summary>
public sealed class Import(ContentWriter writer)
{
    /// <returns>False where the very same version was there already.</returns>
    public async Task<bool> ExecuteAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var latest = await writer.Store.FindAsync(item.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        var version = await SameVersionAsync(item, latest, cancellationToken).ConfigureAwait(false);
        var imported = version is null ? item.Copy() : Merged(version, item);
        await writer.EachHandlerAsync(handler => handler.ImportingAsync(imported, cancellationToken)).ConfigureAwait(false);
        if (version is not null && IsSame(version, imported)) return false;
        // The item may have archived versions only, and changes build upon it all the same.
        var newest = latest;
        if (newest is null && await writer.Store.FindVersionsAsync(item.ContentItemId, 0, 1, cancellationToken).ConfigureAwait(false) is [var archived, ..]) newest = archived;
        imported.CreatedUtc ??= newest?.CreatedUtc ?? writer.Now;
        imported.ModifiedUtc ??= writer.Now;
        if (imported.Published) imported.PublishedUtc ??= writer.Now;
        if (imported.ContentItemVersionId.Length == 0) imported.ContentItemVersionId = ContentId.New();
        var changed = await DemotedAsync(imported, latest, cancellationToken).ConfigureAwait(false);
        changed.Add(imported);
        await writer.Store.SaveAsync(
            new ContentChange(ContentEventKind.Imported, newest?.Revision ?? 0, changed), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>An item without a version id continues the latest version, so that running a recipe twice adds nothing.</summary>
    private async Task<ContentItem?> SameVersionAsync(ContentItem item, ContentItem? latest, CancellationToken cancellationToken) =>
        item.ContentItemVersionId.Length == 0
            ? latest
            : await writer.Store.FindVersionAsync(item.ContentItemVersionId, cancellationToken).ConfigureAwait(false);

    private static ContentItem Merged(ContentItem version, ContentItem item)
    {
        var merged = version.Copy();
        JsonMerge.Merge(merged.Content, item.Content);
        merged.DisplayText = item.DisplayText ?? merged.DisplayText;
        merged.Latest = item.Latest;
        merged.Published = item.Published;
        merged.CreatedUtc = item.CreatedUtc ?? merged.CreatedUtc;
        merged.ModifiedUtc = item.ModifiedUtc ?? merged.ModifiedUtc;
        merged.PublishedUtc = item.PublishedUtc ?? merged.PublishedUtc;
        merged.Owner = item.Owner ?? merged.Owner;
        merged.Author = item.Author ?? merged.Author;
        return merged;
    }

    private static bool IsSame(ContentItem left, ContentItem right) =>
        JsonNode.DeepEquals(ContentItemJson.Write(left), ContentItemJson.Write(right));

    private async Task<List<ContentItem>> DemotedAsync(ContentItem imported, ContentItem? latest, CancellationToken cancellationToken)
    {
        var published = await writer.Store.FindAsync(imported.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        var demoted = new[] { latest, published }.OfType<ContentItem>()
            .Where(other => other.ContentItemVersionId != imported.ContentItemVersionId)
            .DistinctBy(other => other.ContentItemVersionId).ToList();
        foreach (var other in demoted)
        {
            other.Latest &= !imported.Latest;
            other.Published &= !imported.Published;
        }

        return demoted;
    }
}
