using Cms.Core.Content;
using Cms.Core.Content.Actions;

namespace Cms.Platform.Admin.Editing;

/// <summary>Also what the Enter key in an input does.</summary>
internal sealed class SaveDraftCommand(SaveDraft saveDraft) : EditCommand
{
    public const string Command = "draft";

    public override string Name => Command;

    public override int Order => 10;

    public override TypedText Typed => TypedText.StoredByCommand;

    public override string Message => "Draft saved.";

    public override bool IsOffered(EditState state) => true;

    public override IEnumerable<CommandButton> Buttons(EditState state) => [new CommandButton("Save draft")];

    public override async Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken) =>
        Done(await saveDraft.ExecuteAsync(item, cancellationToken).ConfigureAwait(false));
}
