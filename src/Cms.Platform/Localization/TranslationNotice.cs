using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Theming;

namespace Cms.Platform.Localization;

/// <summary>Says on a page that it is shown in another language than the reader asked for, and marks its content as that language.</summary>
public sealed class TranslationNotice(Translations translations)
{
    private readonly PoStringLocalizer _texts = new(translations, typeof(TranslationNotice).FullName);

    /// <summary>The content with a sentence before it. Call it while the reader's culture is the current one.</summary>
    public string Wrap(string body, ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var culture = CultureInfo.GetCultureInfo(item.Culture ?? "");
        var language = culture;
        while (language.Parent.Name.Length > 0) language = language.Parent;
        var sentence = _texts[$"This page is not available in your language. It is shown in {language.EnglishName}."].Value;
        var direction = culture.TextInfo.IsRightToLeft == CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft ? "" : culture.TextInfo.IsRightToLeft ? " dir=\"rtl\"" : " dir=\"ltr\"";
        return $"<p class=\"text notice\" role=\"note\">{HtmlText.Encoder.Encode(sentence)}</p>\n<div lang=\"{culture.Name}\"{direction}>\n{body}\n</div>";
    }
}
