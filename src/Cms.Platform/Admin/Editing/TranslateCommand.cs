using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.Security;
using Cms.Platform.Settings;

namespace Cms.Platform.Admin.Editing;

/// <summary>Goes to the translation into another language of the site, which is made where there is none.</summary>
internal sealed class TranslateCommand(Localize localize, SiteSettingsRegistry settings) : EditCommand
{
    public override string Name => "translate";

    public override int Order => 70;

    public override TypedText Typed => TypedText.SavedFirst;

    public override string Message => "This is the translation.";

    public override string? Legend => "Translations";

    public override bool IsOffered(EditState state) =>
        state is { IsStored: true, Item.LocalizationSet: not null } && state.User.Allows(ContentAction.Localize, state.Item);

    public override IEnumerable<CommandButton> Buttons(EditState state) => settings.Current.SupportedCultures.Where(culture => culture != state.Item.Culture)
        .Select(culture => new CommandButton(CultureInfo.GetCultureInfo(culture).NativeName, culture));

    public override async Task<CommandOutcome> RunAsync(ContentItem item, string operand, CancellationToken cancellationToken) =>
        Done(new ContentResult(await localize.ExecuteAsync(item, operand, cancellationToken).ConfigureAwait(false), []));
}
