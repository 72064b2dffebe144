namespace Cms.Core.Content.Actions;

/// <summary>What importing an item comes to.</summary>
public enum ImportOutcome
{
    /// <summary>The item is new.</summary>
    Added,
    /// <summary>The file's content becomes a version, or is merged into the version whose id it has.</summary>
    Changed,
    /// <summary>The file says what is here already.</summary>
    Unchanged,
    /// <summary>The same for an item in the recycle bin, where it stays.</summary>
    StaysDeleted,
    /// <summary>The file says what the history has under that version id; what came after it stays.</summary>
    StaysHistory,
}

/// <summary>What an import will do with one item: nothing is stored before <see cref="Import.ApplyAsync"/>.</summary>
/// <param name="Outcome">What will happen.</param>
/// <param name="Item">The version to store or, where nothing is stored, the one that stays.</param>
public sealed record ImportPlan(ImportOutcome Outcome, ContentItem Item)
{
    /// <summary>What is wrong with the item.</summary>
    public IReadOnlyList<ContentProblem> Problems { get; init; } = [];

    /// <summary>What keeps an item like this from being published, as far as is known: what it refers to may be imported after it.</summary>
    public IReadOnlyList<ContentProblem> PublishingProblems { get; init; } = [];

    /// <summary>The latest version before the import; null for an item that is new or deleted.</summary>
    public ContentItem? Latest { get; init; }

    /// <summary>Whether somebody changed the item here since it was imported last.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Versions that lose a flag to the new one; they stay as history, or as what readers see.</summary>
    internal IReadOnlyList<ContentItem> Demoted { get; init; } = [];

    /// <summary>The revision of the item that the plan was made upon; 0 for a new item.</summary>
    internal long ExpectedRevision { get; init; }

    public bool IsStored => Outcome is ImportOutcome.Added or ImportOutcome.Changed;

    /// <summary>Whether readers go on seeing the version that they see, because the file has only a draft.</summary>
    public bool LiveStays => IsStored && !Item.Published && Demoted.Any(version => version.Published);
}
