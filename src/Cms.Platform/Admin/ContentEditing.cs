using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Core.Localization;
using Cms.Core.Security;
using Cms.Platform.Admin.Media;
using Cms.Platform.Admin.Pickers;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Admin;

/// <summary>What the editor shows after a button was pressed, or where it goes.</summary>
public sealed record EditOutcome(ContentItem Item, IReadOnlyList<ContentProblem> Problems)
{
    public string? Location { get; init; }

    /// <summary>What somebody else stored meanwhile; the item holds what was typed, on top of it.</summary>
    public ContentItem? Theirs { get; init; }

    public bool ConfirmDelete { get; init; }
}

/// <summary>The editor's actions, each behind its permission.</summary>
public sealed class ContentEditing(
    IContentStore store, ContentDefinitionRegistry definitions, ContentForm forms, MediaForm files, PickerForm pickers, ICurrentUser currentUser, NewContent newContent,
    SaveDraft saveDraft, Publish publish, Unpublish unpublish, Delete delete, Localize localize, Clone clone, DiscardDraft discardDraft, ILocalizationSettings languages)
{
    private const string Published = "Published.";
    private const string Unpublished = "Unpublished.";
    private const string Deleted = "Deleted.";
    private const string DraftSaved = "Draft saved.";
    /// <summary>Shown where a version became the draft.</summary>
    public const string RestoreMessage = "This version is the draft now.";

    private const string Copied = "This is the copy, a draft.";
    private const string DraftDiscarded = "Draft dropped.";
    private const string Translation = "This is the translation.";

    /// <summary>What a page may say after an action. Any other text in an address is a stranger's and is not shown.</summary>
    public static IReadOnlySet<string> Messages { get; } =
        new HashSet<string>(StringComparer.Ordinal) { Published, Unpublished, Deleted, DraftSaved, Copied, DraftDiscarded, RestoreMessage, Translation };

    public ContentTypeDefinition? TypeOf(ContentItem? item) => definitions.Current.Type(item?.ContentType);

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
        forms.Apply(item, form, zone);
        item.Revision = long.TryParse(form["Revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;
        var command = form["command"].ToString();
        var refused = await files.ApplyAsync(item, form, command, cancellationToken).ConfigureAwait(false);
        if (refused.Count > 0 || MediaForm.IsCommand(command)) return new EditOutcome(item, refused);
        if (pickers.Apply(item, form, command) || forms.Rearrange(item, command)) return new EditOutcome(item, []);
        try
        {
            return await RunAsync(command, item, cancellationToken).ConfigureAwait(false);
        }
        catch (ContentConflictException)
        {
            item.Revision = stored.Revision;
            return new EditOutcome(item, []) { Theirs = stored };
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

    private async Task<EditOutcome> RunAsync(string command, ContentItem item, CancellationToken cancellationToken)
    {
        var user = currentUser.User;
        var id = item.ContentItemId;
        switch (command.Split(':')[0])
        {
            case "publish" when user.Allows(ContentAction.Publish, item):
                return Done(await publish.ExecuteAsync(item, cancellationToken).ConfigureAwait(false), Published);
            case "unpublish" when user.Allows(ContentAction.Publish, item):
                return Done(await unpublish.ExecuteAsync(id, item.Revision, cancellationToken).ConfigureAwait(false) ?? new ContentResult(item, []), Unpublished);
            case "delete" when user.Allows(ContentAction.Delete, item):
                return new EditOutcome(item, []) { ConfirmDelete = true };
            case "delete-confirmed" when user.Allows(ContentAction.Delete, item):
                if (await delete.ExecuteAsync(id, item.Revision, cancellationToken).ConfigureAwait(false) is { Succeeded: false } kept) return new EditOutcome(item, kept.Problems);
                return new EditOutcome(item, []) { Location = "/Admin/Contents/ContentItems?Message=" + Uri.EscapeDataString(Deleted) };
            case "translate" when user.Allows(ContentAction.Localize, item) && CultureOf(command, item) is { } culture:
                var translation = await localize.ExecuteAsync(item, culture, cancellationToken).ConfigureAwait(false);
                return new EditOutcome(item, []) { Location = EditUrl(translation.ContentItemId, Translation) };
            case "clone" when user.Allows(ContentAction.Clone, item):
                return Done(await clone.ExecuteAsync(item, cancellationToken).ConfigureAwait(false), Copied);
            case "discard":
                await discardDraft.ExecuteAsync(id, item.Revision, cancellationToken).ConfigureAwait(false);
                return new EditOutcome(item, []) { Location = EditUrl(id, DraftDiscarded) };
            case "draft":
                return Done(await saveDraft.ExecuteAsync(item, cancellationToken).ConfigureAwait(false), DraftSaved);
            default:
                return new EditOutcome(item, [new ContentProblem("", $"You may not do that.")]);
        }
    }

    /// <summary>The language of the site that a command names; null where it names none or the item has no translations.</summary>
    private string? CultureOf(string command, ContentItem item) => item.LocalizationSet is { Length: > 0 } && command.Split(':') is [_, var culture, ..]
        ? languages.SupportedCultures.FirstOrDefault(name => string.Equals(name, culture, StringComparison.OrdinalIgnoreCase))
        : null;

    private static EditOutcome Done(ContentResult result, string message) => result.Succeeded
        ? new EditOutcome(result.Item, []) { Location = EditUrl(result.Item.ContentItemId, message) }
        : new EditOutcome(result.Item, result.Problems);

    public static string EditUrl(string id, string message) => $"/Admin/Contents/ContentItems/{id}/Edit?Message={Uri.EscapeDataString(message)}";
}
