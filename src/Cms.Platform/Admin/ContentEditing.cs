using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Admin.Editing;
using Cms.Platform.Admin.Media;
using Cms.Platform.Admin.Pickers;
using Cms.Platform.Admin.Revisions;
using Cms.Platform.Storage.Revisions;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin;

/// <summary>What the editor shows after a button was pressed, or where it goes.</summary>
public sealed record EditOutcome(ContentItem Item, IReadOnlyList<ContentProblem> Problems)
{
    public string? Location { get; init; }

    /// <summary>What cleaning took out of what was saved.</summary>
    public IReadOnlyList<ContentProblem> Warnings { get; init; } = [];

    /// <summary>What somebody else stored meanwhile; the item holds what was typed, on top of it.</summary>
    public ContentItem? Theirs { get; init; }

    /// <summary>The command that waits for its confirmation.</summary>
    public EditCommand? Asks { get; init; }
}

/// <summary>Opens and takes the form of an item. Whatever comes of it, what was typed is stored, in the form or in the history.</summary>
public sealed class ContentEditing(
    IContentStore store, ContentDefinitionRegistry definitions, ContentForm forms, MediaForm files, PickerForm pickers, ICurrentUser currentUser, NewContent newContent,
    SaveDraft saveDraft, ContentRevisions revisions, SaveOrigin origin, FormTickets tickets, IEnumerable<EditCommand> commands)
{
    /// <summary>Shown where a version became the draft.</summary>
    public const string RestoreMessage = "This version is the draft now.";

    /// <summary>Shown beside a command's message where what was typed was saved before it ran.</summary>
    public const string SavedNote = "What you had typed is saved as a draft.";

    /// <summary>Shown beside a command's message where what was typed went into the history.</summary>
    public const string KeptNote = "What you had typed is in the history.";

    /// <summary>Shown in the history of an item that was deleted before its form came.</summary>
    public const string DeletedMessage = "It was deleted while you were writing. What you typed is in its history.";

    /// <summary>Shown where the form came after its author lost the right to edit the item.</summary>
    public const string KeptMessage = "What you typed is kept for you, until you may edit the item again.";

    private readonly EditCommand[] _commands = [.. commands.OrderBy(command => command.Order)];

    /// <summary>Whether a page may say it. Any other text in an address is a stranger's and is not shown.</summary>
    public bool IsMessage(string? text) =>
        !string.IsNullOrEmpty(text) && (text is RestoreMessage or SavedNote or KeptNote or DeletedMessage or KeptMessage || _commands.Any(command => command.Message == text));

    public ContentTypeDefinition? TypeOf(ContentItem? item) => definitions.Current.Type(item?.ContentType);

    /// <summary>The commands that are offered for the item, in their order.</summary>
    public IEnumerable<EditCommand> Offered(EditState state) => _commands.Where(command => command.IsOffered(state));

    public async Task<EditState> StateOfAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        var isPublic = item.Published || (item.Revision > 0 && await store.FindAsync(item.ContentItemId, ContentStatus.Published, cancellationToken).ConfigureAwait(false) is not null);
        return new EditState(item, currentUser.User, isPublic);
    }

    /// <summary>The latest version of an item, or a new item of a type; null where there is none or the user may not edit it.</summary>
    public async Task<ContentItem?> OpenAsync(string? contentItemId, string? contentType, CancellationToken cancellationToken)
    {
        if (contentItemId is not null)
        {
            var item = await store.FindAsync(contentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
            return item is not null && currentUser.User.Allows(ContentAction.Edit, item) ? item : null;
        }

        return definitions.Current.Type(contentType) is { TypeSettings.Creatable: true } type && currentUser.User.Allows(ContentAction.Edit, type)
            ? await newContent.ExecuteAsync(type, cancellationToken).ConfigureAwait(false)
            : null;
    }

    public async Task<EditOutcome> SubmitAsync(ContentItem item, IFormCollection form, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(form);
        var stored = item.Copy();
        Fill(item, form, zone);
        var command = form["command"].ToString();
        var refused = await files.ApplyAsync(item, form, command, cancellationToken).ConfigureAwait(false);
        if (refused.Count > 0 || MediaForm.IsCommand(command)) return new EditOutcome(item, refused);
        if (pickers.Apply(item, form, command) || forms.Rearrange(item, command)) return new EditOutcome(item, []);
        await FollowOwnSavesAsync(item, stored, form, cancellationToken).ConfigureAwait(false);
        try
        {
            return await RunAsync(command, item, stored, cancellationToken).ConfigureAwait(false);
        }
        catch (ContentConflictException)
        {
            return await ConflictAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (ContentFormatException problem)
        {
            return new EditOutcome(item, [problem.Problem ?? ContentProblem.Of("", problem.Message)]);
        }
        catch (UniqueValueTakenException problem)
        {
            return new EditOutcome(item, [problem.Problem]);
        }
    }

    /// <summary>Writes what a form says into the item, and the revision that it was typed upon.</summary>
    public void Fill(ContentItem item, IFormCollection form, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(form);
        forms.Apply(item, form, zone);
        item.Revision = long.TryParse(form["Revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
    }

    /// <summary>Keeps in the history of a deleted item what was typed upon it; false where there is no such item or the user may not edit it.</summary>
    public async Task<bool> KeepForDeletedAsync(string contentItemId, IFormCollection form, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var versions = await store.FindVersionsAsync(contentItemId, 0, 1, cancellationToken).ConfigureAwait(false);
        if (versions is not [{ Latest: false } item] || !currentUser.User.Allows(ContentAction.Edit, item)) return false;
        Fill(item, form, zone);
        await revisions.KeepAsync(item, RevisionKind.Typed, cancellationToken).ConfigureAwait(false);
        return true;
    }

    public static string EditUrl(string id, string message) => $"/Admin/Contents/ContentItems/{id}/Edit?Message={Uri.EscapeDataString(message)}";

    /// <summary>The history of a deleted item, with what was typed too late.</summary>
    public static string DeletedUrl(string id) => $"{ContentHistory.Url(id)}?Message={Uri.EscapeDataString(DeletedMessage)}";

    /// <summary>Goes on where the item is newer than the form by the form's own saves only: a second click, or a way back to it from a preview.</summary>
    private async Task FollowOwnSavesAsync(ContentItem item, ContentItem stored, IFormCollection form, CancellationToken cancellationToken)
    {
        if (tickets.Read(form[FormTickets.Input]) is not { } ticket || ticket.UserId != currentUser.User.Id) return;
        origin.FormId = ticket.FormId;
        if (item.Revision < stored.Revision
            && await revisions.CameFromFormAsync(item.ContentItemId, ticket.FormId, item.Revision, stored.Revision, cancellationToken).ConfigureAwait(false))
            item.Revision = stored.Revision;
    }

    private async Task<EditOutcome> RunAsync(string posted, ContentItem item, ContentItem stored, CancellationToken cancellationToken)
    {
        var state = await StateOfAsync(item, cancellationToken).ConfigureAwait(false);
        var buttons = Offered(state).SelectMany(command => command.Buttons(state), (command, button) => (Command: command, Button: button)).ToList();
        var asking = buttons.Find(entry => entry.Command.Question is not null && entry.Command.ValueOf(entry.Button, isConfirmed: false) == posted).Command;
        if (asking is not null) return new EditOutcome(item, []) { Asks = asking };
        var (command, pressed) = buttons.Find(entry => entry.Command.ValueOf(entry.Button, entry.Command.Question is not null) == posted);
        if (command is null) return new EditOutcome(item, [new ContentProblem("", $"You may not do that.")]);
        var isTyped = command.Typed != TypedText.StoredByCommand && !item.HasSameContent(stored);
        var kept = isTyped ? await KeepTypedAsync(command.Typed, item, stored, cancellationToken).ConfigureAwait(false) : new ContentResult(item, []);
        if (!kept.Succeeded) return new EditOutcome(item, kept.Problems);
        var outcome = await command.RunAsync(kept.Item, pressed.Operand, cancellationToken).ConfigureAwait(false);
        var note = !isTyped ? "" : command.Typed == TypedText.SavedFirst ? SavedNote : KeptNote;
        return new EditOutcome(outcome.Saved ?? kept.Item, outcome.Problems) { Location = WithNote(outcome.Location, note), Warnings = [.. kept.Warnings, .. outcome.Warnings] };
    }

    private async Task<ContentResult> KeepTypedAsync(TypedText typed, ContentItem item, ContentItem stored, CancellationToken cancellationToken)
    {
        if (typed == TypedText.KeptInHistory)
        {
            await revisions.KeepAsync(item, RevisionKind.Typed, cancellationToken).ConfigureAwait(false);
            return new ContentResult(item, []);
        }

        // Without versions, a draft would take the place of what readers see.
        return stored.Published && TypeOf(stored)?.TypeSettings.Versionable != true
            ? new ContentResult(item, [new ContentProblem("", $"Publish your changes first: items of this type have no draft beside what readers see.")])
            : await saveDraft.ExecuteAsync(item, cancellationToken).ConfigureAwait(false);
    }

    private static string? WithNote(string? location, string note) =>
        note.Length == 0 || location?.Contains('?', StringComparison.Ordinal) != true ? location : $"{location}&Note={Uri.EscapeDataString(note)}";

    /// <summary>Both texts are in the history then: theirs as they saved it, and this one, in case its author goes away.</summary>
    private async Task<EditOutcome> ConflictAsync(ContentItem item, CancellationToken cancellationToken)
    {
        await revisions.KeepAsync(item, RevisionKind.Conflicting, cancellationToken).ConfigureAwait(false);
        var theirs = await store.FindAsync(item.ContentItemId, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        if (theirs is null) return new EditOutcome(item, []) { Location = DeletedUrl(item.ContentItemId) };
        item.Revision = theirs.Revision;
        return new EditOutcome(item, []) { Theirs = theirs };
    }
}
