using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Cms.Platform.Localization;

/// <summary>Makes localizers whose context is the full type name, or the name that a template goes by.</summary>
public sealed class PoStringLocalizerFactory(Translations translations) : IStringLocalizerFactory
{
    public IStringLocalizer Create(Type resourceSource)
    {
        ArgumentNullException.ThrowIfNull(resourceSource);
        return new PoStringLocalizer(translations, resourceSource.FullName);
    }

    public IStringLocalizer Create(string baseName, string location) => new PoStringLocalizer(translations, baseName);
}

/// <summary>Texts in the current UI culture; a text that nobody translated is its own translation.</summary>
public sealed class PoStringLocalizer(Translations translations, string? context) : IStringLocalizer
{
    public LocalizedString this[string name] => this[name, []];

    public LocalizedString this[string name, params object[] arguments]
    {
        get
        {
            var found = translations.Find(context, name, CultureInfo.CurrentUICulture);
            return new LocalizedString(name, Format(found?.Forms[0] ?? name, name, arguments), found is null);
        }
    }

    /// <summary>The text in the form that the count takes; <c>{0}</c> is the count, the other arguments follow.</summary>
    public string Plural(int count, string one, string other, params IEnumerable<object> arguments)
    {
        object[] all = [count, .. arguments];
        if (translations.Find(context, one, CultureInfo.CurrentUICulture) is not { } found)
            return Format(PluralRule.FormOf(CultureInfo.CurrentUICulture.Name.Split('-')[0], count) == 0 ? one : other, other, all);
        var form = PluralRule.FormOf(found.Culture.Split('-')[0], count);
        if (form >= found.Forms.Count) translations.ReportMissingForm(found.Culture, one, form);
        return Format(found.Forms[Math.Min(form, found.Forms.Count - 1)], other, all);
    }

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];

    /// <summary>A wrong placeholder must not break the page: for a translation the source text stands in, and that stays as it is written.</summary>
    public static string Format(string text, string source, object[] arguments)
    {
        if (arguments.Length == 0) return text;
        return TryFormat(text, arguments) ?? TryFormat(source, arguments) ?? text;
    }

    private static string? TryFormat(string text, object[] arguments)
    {
        try
        {
            return string.Format(CultureInfo.CurrentCulture, text, arguments);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
