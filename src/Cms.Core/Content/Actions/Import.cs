using Cms.Core.ContentTypes;

namespace Cms.Core.Content.Actions;

/// <summary>
/// Imports items of recipes (content-model contract, section 5). What the file says wins over what handlers would write; what it leaves
/// out they complete as on any other save. Nothing that is live goes offline, and what somebody changed here is kept as a version.
/// </summary>
public sealed class Import(ContentWriter writer)
{
    /// <summary>Plans the import of an item and stores it, whatever is wrong with it.</summary>
    public async Task<ImportPlan> ExecuteAsync(ContentItem item, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(item, importedRevision: 0, cancellationToken).ConfigureAwait(false);
        await ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        return plan;
    }

    /// <param name="item">The item as the file gives it; it is not changed.</param>
    /// <param name="importedRevision">The item's revision after it was imported last; 0 where it never was.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    public async Task<ImportPlan> PlanAsync(ContentItem item, long importedRevision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var target = await ImportTarget.FindAsync(writer.Store, item, cancellationToken).ConfigureAwait(false);
        if (target.Problem(item) is { } problem) return new ImportPlan(ImportOutcome.Unchanged, item) { Problems = [problem] };
        var isEdited = target.Newest is not null && target.Revision != importedRevision;
        if (Same(item, target, isEdited) is { } same) return same;
        var continued = target.Continued(item);
        var imported = continued is null ? item.Copy() : Merged(continued, item);
        Place(imported, item, target, isEdited);
        var (problems, publishing) = await writer.PrepareImportedAsync(imported, item, cancellationToken).ConfigureAwait(false);

        // Handlers may complete the file's item to what is here already.
        if (continued is not null && imported.HasSameContent(continued) && (target.Named is null || isEdited || HasSameStamps(continued, item)))
            return Unchanged(continued, target);
        return new ImportPlan(target.Newest is null ? ImportOutcome.Added : ImportOutcome.Changed, imported)
        {
            Problems = problems,
            PublishingProblems = publishing,
            Latest = target.Latest,
            IsEdited = isEdited,
            Demoted = Demoted(imported, target),
            ExpectedRevision = target.Revision,
        };
    }

    /// <exception cref="ContentConflictException">Somebody changed the item since the plan was made.</exception>
    /// <exception cref="UniqueValueTakenException">Another item holds a value that may exist once.</exception>
    public async Task ApplyAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.IsStored) return;
        await writer.Store.SaveAsync(
            new ContentChange(ContentEventKind.Imported, plan.ExpectedRevision, [.. plan.Demoted, plan.Item]), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What still keeps an imported item from being what its editor could publish, now that all items of the file are there.</summary>
    public Task<IReadOnlyList<ContentProblem>> CheckAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return writer.CheckPublishedAsync(plan.Item.Copy(), cancellationToken);
    }

    /// <summary>The plan for an item that says nothing new; null where it does.</summary>
    private static ImportPlan? Same(ContentItem item, ImportTarget target, bool isEdited)
    {
        if (target.Named is { } named)
        {
            var isActive = target.IsActive(named);
            var isHistory = !item.Latest && !item.Published;
            if (isHistory || (Merged(named, item).HasSameContent(named) && (!isActive || isEdited || HasSameStamps(named, item)))) return Unchanged(named, target);

            // What an earlier import did not write into the version that the file names is another active one by now.
            if (target.IsWrittenInto(item, isEdited)) return null;
            return target.Active.FirstOrDefault(version => Merged(version, item).HasSameContent(version)) is { } active ? Unchanged(active, target) : null;
        }

        return target.Continued(item) is { } continued && Merged(continued, item).HasSameContent(continued) ? Unchanged(continued, target) : null;
    }

    private static ImportPlan Unchanged(ContentItem version, ImportTarget target)
    {
        var outcome = target.IsActive(version) ? ImportOutcome.Unchanged : target.IsDeleted ? ImportOutcome.StaysDeleted : ImportOutcome.StaysHistory;
        return new ImportPlan(outcome, version) { Latest = target.Latest };
    }

    private static bool HasSameStamps(ContentItem version, ContentItem item) =>
        (item.CreatedUtc ?? version.CreatedUtc) == version.CreatedUtc && (item.ModifiedUtc ?? version.ModifiedUtc) == version.ModifiedUtc
        && (item.PublishedUtc ?? version.PublishedUtc) == version.PublishedUtc && (item.Author ?? version.Author) == version.Author;

    private static ContentItem Merged(ContentItem version, ContentItem item)
    {
        var merged = version.Copy();
        JsonMerge.Merge(merged.Content, item.Content);
        merged.DisplayText = item.DisplayText ?? merged.DisplayText;
        merged.Owner = item.Owner ?? merged.Owner;
        return merged;
    }

    /// <summary>Gives a version its id, flags and stamps.</summary>
    private void Place(ContentItem imported, ContentItem item, ImportTarget target, bool isEdited)
    {
        var hasOwnId = target.Named is null ? item.ContentItemVersionId.Length > 0 : target.IsWrittenInto(item, isEdited);
        imported.ContentItemVersionId = hasOwnId ? item.ContentItemVersionId : ContentId.New();
        imported.Published = item.Published;
        imported.Latest = item.Latest || (item.Published && !HasOtherDraft(imported, target));
        imported.CreatedUtc = item.CreatedUtc ?? target.Newest?.CreatedUtc ?? writer.Now;
        imported.ModifiedUtc = item.ModifiedUtc ?? writer.Now;
        imported.PublishedUtc = item.PublishedUtc ?? (item.Published ? writer.Now : imported.PublishedUtc);
        imported.Owner ??= target.Newest is { } newest ? newest.Owner : writer.User.Id;
        imported.Author = item.Author ?? (writer.User.IsAuthenticated ? writer.User.Name : imported.Author);
    }

    private static bool HasOtherDraft(ContentItem imported, ImportTarget target) =>
        target.Latest is { Published: false } draft && draft.ContentItemVersionId != imported.ContentItemVersionId;

    private static List<ContentItem> Demoted(ContentItem imported, ImportTarget target)
    {
        var demoted = new List<ContentItem>();
        foreach (var other in target.Active.Where(other => other.ContentItemVersionId != imported.ContentItemVersionId))
        {
            var (latest, published) = (other.Latest && !imported.Latest, other.Published && !imported.Published);
            if ((latest, published) == (other.Latest, other.Published)) continue;
            var version = other.Copy();
            (version.Latest, version.Published) = (latest, published);
            demoted.Add(version);
        }

        return demoted;
    }
}
