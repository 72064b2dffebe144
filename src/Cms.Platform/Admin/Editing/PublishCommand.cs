using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;

namespace Cms.Platform.Admin.Editing;

internal sealed class PublishCommand(Publish publish) : EditCommand
{
    public override string Name => "publish";

    public override int Order => 0;

    public override TypedText Typed => TypedText.StoredByCommand;

    public override string Message => "Published.";

    public override bool IsOffered(EditState state) => state.User.Allows(ContentAction.Publish, state.Item);

    public override IEnumerable<CommandButton> Buttons(EditState state) => [new CommandButton("Publish") { Class = "primary" }];

    public override async Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken) =>
        Done(await publish.ExecuteAsync(item, cancellationToken).ConfigureAwait(false));
}
