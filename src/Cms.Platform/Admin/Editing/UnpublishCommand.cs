using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Editing;

/// <summary>Takes the item from the readers. What was typed is the draft that stays.</summary>
internal sealed class UnpublishCommand(Unpublish unpublish) : EditCommand
{
    public override string Name => "unpublish";

    public override int Order => 30;

    public override TypedText Typed => TypedText.SavedFirst;

    public override string Message => "Unpublished.";

    public override bool IsOffered(EditState state) => state.IsPublic && state.User.Allows(ContentAction.Publish, state.Item);

    public override IEnumerable<CommandButton> Buttons(EditState state) => [new CommandButton("Unpublish")];

    public override async Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Done(await unpublish.ExecuteAsync(item.ContentItemId, item.Revision, cancellationToken).ConfigureAwait(false) ?? new ContentResult(item, []));
    }
}
