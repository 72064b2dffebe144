using Cms.Core.Content;
using Cms.Core.Content.Actions;

namespace Cms.Platform.Admin.Editing;

/// <summary>Goes back to what readers see. Whoever drops the draft drops what they have just typed upon it too.</summary>
internal sealed class DiscardDraftCommand(DiscardDraft discardDraft) : EditCommand
{
    public override string Name => "discard";

    public override int Order => 40;

    public override TypedText Typed => TypedText.KeptInHistory;

    public override string Message => "Draft dropped.";

    public override bool IsOffered(EditState state) => state.HasDraftBeside;

    public override IEnumerable<CommandButton> Buttons(EditState state) => [new CommandButton("Drop the draft")];

    public override async Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        await discardDraft.ExecuteAsync(item.ContentItemId, item.Revision, cancellationToken).ConfigureAwait(false);
        return Done(new ContentResult(item, []));
    }
}
