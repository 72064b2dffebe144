using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Editing;

/// <summary>Moves the item to the recycle bin, after asking.</summary>
internal sealed class DeleteCommand(Delete delete) : EditCommand
{
    public override string Name => "delete";

    public override int Order => 60;

    public override TypedText Typed => TypedText.KeptInHistory;

    public override string Message => "Deleted.";

    public override string? Question => "Really delete";

    public override bool IsOffered(EditState state) => state.IsStored && state.User.Allows(ContentAction.Delete, state.Item);

    public override IEnumerable<CommandButton> Buttons(EditState state) => [new CommandButton("Delete") { Class = "danger" }];

    public override async Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return await delete.ExecuteAsync(item.ContentItemId, item.Revision, cancellationToken).ConfigureAwait(false) is { Succeeded: false } kept
            ? new CommandOutcome(null, kept.Problems)
            : new CommandOutcome("/Admin/Contents/ContentItems?Message=" + Uri.EscapeDataString(Message));
    }
}
