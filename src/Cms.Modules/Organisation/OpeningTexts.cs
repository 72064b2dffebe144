using System.Globalization;
using Cms.Platform.Localization;
using NodaTime;

namespace Cms.Modules.Organisation;

/// <summary>How the reader's language says when the office opens. Its PO context is this type's full name.</summary>
public sealed class OpeningTexts(Translations translations)
{
    private readonly PoStringLocalizer _texts = new(translations, typeof(OpeningTexts).FullName);

    /// <summary>A moment after today's date as people say it: at 09:00, tomorrow at 09:00, on Monday at 09:00, on 11 January at 09:00.</summary>
    public string Moment(LocalDateTime moment, LocalDate today)
    {
        var time = moment.TimeOfDay.ToString("HH':'mm", CultureInfo.InvariantCulture);
        return Period.DaysBetween(today, moment.Date) switch
        {
            0 => _texts["at {0}", time].Value,
            1 => _texts["tomorrow at {0}", time].Value,
            < 7 => _texts[$"on {moment.DayOfWeek} at {{0}}", time].Value,
            _ => _texts["on {0} at {1}", moment.Date.ToString(_texts["d MMMM"].Value, CultureInfo.CurrentCulture), time].Value,
        };
    }

    public static string NameOf(ExceptionalDay day)
    {
        ArgumentNullException.ThrowIfNull(day);
        return CultureInfo.CurrentUICulture.TwoLetterISOLanguageName switch
        {
            "sq" when day.NameAlbanian.Length > 0 => day.NameAlbanian,
            "sr" when day.NameSerbian.Length > 0 => day.NameSerbian,
            _ => day.Name,
        };
    }
}
