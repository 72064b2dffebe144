using Fluid;

namespace Cms.Platform.Theming.Templates;

/// <summary>A template and where it comes from.</summary>
/// <param name="Place">The file or the stored template, for messages.</param>
/// <param name="Context">The context of its translations, such as <c>Dialogue.Views.Layout</c>.</param>
/// <param name="read">Reads its text.</param>
/// <param name="parse">Parses its text, given with the place.</param>
public sealed class ThemeTemplate(string place, string context, Func<string> read, Func<string, string, IFluidTemplate> parse)
{
    public string Place => place;

    public string Context => context;

    /// <exception cref="LiquidTemplateException">The template can't be parsed.</exception>
    public IFluidTemplate Parsed => field ??= parse(read(), place);

    /// <summary>The text as it is now, for whoever corrects it.</summary>
    public string ReadText() => read();
}
