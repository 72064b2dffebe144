using System.Globalization;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Time;
using Cms.Platform.Localization;

namespace Cms.Platform.Admin;

/// <summary>The admin's texts in the editor's language. Their PO context is this type's full name.</summary>
public sealed class AdminTexts(Translations translations, DataTranslations names)
{
    private readonly PoStringLocalizer _texts = new(translations, typeof(AdminTexts).FullName);

    public string this[string text, params object[] arguments] => _texts[text, arguments].Value;

    /// <summary>What is wrong, with the name of the value as editors in this language know it.</summary>
    public string Of(ContentProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Of(problem.Text, problem.Subject);
    }

    /// <summary>A sentence whose values stay as they are.</summary>
    public string Of(FormattableString text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(text, null);
    }

    private string Of(FormattableString text, ContentValueDefinition? subject) => text.ArgumentCount == 0
        ? this[text.Format]
        : this[text.Format, [.. text.GetArguments().Select(argument => argument switch
        {
            FormattableString inner => Of(inner, subject),
            string name when name == subject?.DisplayName => NameOf(subject),
            string name when subject?.Part.Part.Fields.FirstOrDefault(field => field.DisplayName == name) is { } beside => NameOf(subject with { Field = beside }),
            _ => argument ?? "",
        })]];

    public string NameOf(ContentTypeDefinition type) => names.NameOf(type);

    public string NameOf(ContentValueDefinition value) => names.NameOf(value);

    /// <summary>Says in which zone a moment is typed: that of a field beside it, or the site's.</summary>
    public string TypedIn(ContentValueDefinition value, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(zone);
        var name = ZoneNames.Of(zone.Id, CultureInfo.CurrentUICulture) is { } known ? $"{known} ({zone.Id})" : zone.Id;
        return value.Part.Part.Fields.FirstOrDefault(field => field.Name == value.Settings.TimeZoneField) is { } field
            ? this["In the time zone that the field “{0}” names, now {1}.", NameOf(value with { Field = field }), name]
            : this["In the site’s time zone, {0}.", name];
    }

    /// <summary>A moment as the clock in the zone showed it; empty for none.</summary>
    public static string Local(DateTime? utc, TimeZoneInfo zone) => Local(utc, zone, "yyyy-MM-dd HH:mm");

    /// <summary>The same to the second, where moments of one minute are told apart.</summary>
    public static string LocalSecond(DateTime? utc, TimeZoneInfo zone) => Local(utc, zone, "yyyy-MM-dd HH:mm:ss");

    private static string Local(DateTime? utc, TimeZoneInfo zone, string format) =>
        utc is { } moment ? TimeZoneInfo.ConvertTimeFromUtc(moment, zone).ToString(format, CultureInfo.InvariantCulture) : "";

    /// <summary>The form that the count takes; <c>{0}</c> is the count.</summary>
    public string Count(int count, string one, string other) => _texts.Plural(count, one, other);
}
