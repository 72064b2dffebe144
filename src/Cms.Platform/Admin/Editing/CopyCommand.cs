using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Editing;

/// <summary>Makes another item of what is in the form, and goes to it.</summary>
internal sealed class CopyCommand(Clone clone) : EditCommand
{
    public override string Name => "clone";

    public override int Order => 50;

    public override TypedText Typed => TypedText.SavedFirst;

    public override string Message => "This is the copy, a draft.";

    public override bool IsOffered(EditState state) => state.IsStored && state.User.Allows(ContentAction.Clone, state.Item);

    public override IEnumerable<CommandButton> Buttons(EditState state) => [new CommandButton("Make a copy")];

    public override async Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken) =>
        Done(await clone.ExecuteAsync(item, cancellationToken).ConfigureAwait(false));
}
