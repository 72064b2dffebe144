using Cms.Core.Content;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Editing;

/// <summary>What becomes of what was typed before a command runs.</summary>
public enum TypedText
{
    /// <summary>The command itself stores it.</summary>
    StoredByCommand,
    /// <summary>It is saved as the draft, and the command runs on what was saved.</summary>
    SavedFirst,
    /// <summary>It goes with what the command removes; the history keeps it.</summary>
    KeptInHistory,
}

/// <summary>What a command must know to say whether it is offered.</summary>
/// <param name="Item">The latest version, with what was typed.</param>
/// <param name="User">Who edits.</param>
/// <param name="IsPublic">Readers see a version of the item.</param>
public sealed record EditState(ContentItem Item, CmsUser User, bool IsPublic)
{
    public bool IsStored => Item.Revision > 0;

    /// <summary>There is a draft beside what readers see.</summary>
    public bool HasDraftBeside => IsStored && IsPublic && !Item.Published;
}

/// <summary>A button of a command.</summary>
/// <param name="Label">A text of the admin, or a name that is the same in every language.</param>
/// <param name="Operand">What the command acts upon, such as a culture.</param>
public sealed record CommandButton(string Label, string Operand = "")
{
    public string? Class { get; init; }
}

/// <summary>Where the editor goes after a command, or what kept it from being done.</summary>
public sealed record CommandOutcome(string? Location, params IReadOnlyList<ContentProblem> Problems)
{
    /// <summary>The version that the command stored, where it stored one.</summary>
    public ContentItem? Saved { get; init; }

    /// <summary>What cleaning took out of it.</summary>
    public IReadOnlyList<ContentProblem> Warnings { get; init; } = [];
}

/// <summary>
/// A button of the editor of items. It states what becomes of what was typed and what it asks first; the editor keeps to that, so that
/// no command can lose a text.
/// </summary>
public abstract class EditCommand
{
    private const string Confirmed = "-confirmed";

    /// <summary>What its button posts, before the operand.</summary>
    public abstract string Name { get; }

    /// <summary>Buttons stand in ascending order.</summary>
    public abstract int Order { get; }

    public abstract TypedText Typed { get; }

    /// <summary>What the page says after it; empty where it leads elsewhere.</summary>
    public virtual string Message => "";

    /// <summary>The label of the button that confirms it; null runs it at once.</summary>
    public virtual string? Question => null;

    /// <summary>The heading of buttons that stand by themselves.</summary>
    public virtual string? Legend => null;

    /// <summary>Whether the item is in a state for it and the user may do it.</summary>
    public abstract bool IsOffered(EditState state);

    public abstract IEnumerable<CommandButton> Buttons(EditState state);

    /// <param name="item">The item as typed, or as saved where it is saved first; its revision is the one to build upon.</param>
    /// <param name="operand">The operand of the button.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ContentConflictException">Somebody else changed the item meanwhile.</exception>
    /// <exception cref="UniqueValueTakenException">Another item holds a value that may exist once.</exception>
    public abstract Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken);

    /// <summary>What a button posts.</summary>
    public string ValueOf(CommandButton button, bool isConfirmed)
    {
        ArgumentNullException.ThrowIfNull(button);
        return $"{Name}{(isConfirmed ? Confirmed : "")}{(button.Operand.Length == 0 ? "" : ":" + button.Operand)}";
    }

    /// <summary>The editor of an item, with this command's message; on with the problems where the action was not done.</summary>
    protected CommandOutcome Done(ContentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Succeeded
            ? new CommandOutcome(ContentEditing.EditUrl(result.Item.ContentItemId, Message)) { Saved = result.Item, Warnings = result.Warnings }
            : new CommandOutcome(null, result.Problems);
    }
}
