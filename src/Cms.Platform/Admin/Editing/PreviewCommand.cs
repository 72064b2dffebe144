using Cms.Core.Content;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Editing;

/// <summary>Shows the draft as a page of the site. It is a button and no link, because a link would leave behind what was typed.</summary>
internal sealed class PreviewCommand : EditCommand
{
    public override string Name => "preview";

    public override int Order => 20;

    public override TypedText Typed => TypedText.SavedFirst;

    public override bool IsOffered(EditState state) => state.IsStored && state.User.Allows(ContentAction.Preview, state.Item);

    public override IEnumerable<CommandButton> Buttons(EditState state) => [new CommandButton("Preview")];

    public override Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Task.FromResult(new CommandOutcome($"/Preview/{item.ContentItemId}"));
    }
}
