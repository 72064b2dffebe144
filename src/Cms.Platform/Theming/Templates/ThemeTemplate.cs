using Fluid;

namespace Cms.Platform.Theming.Templates;

/// <summary>A template and where it comes from.</summary>
/// <param name="Place">The file or the stored template, for messages.</param>
/// <param name="Context">The context of its translations, such as <c>Dialogue.Views.Layout</c>.</param>
public sealed class ThemeTemplate(string place, string context, Func<IFluidTemplate> parse)
{
    public string Place => place;

    public string Context => context;

    /// <exception cref="LiquidTemplateException">The template can't be parsed.</exception>
    public IFluidTemplate Parsed => field ??= parse();
}
