using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Time;
using NodaTime;
using NodaTime.Text;

namespace Cms.Modules.Organisation;

/// <summary>Whether the office is open at a moment.</summary>
/// <param name="IsOpen">It is.</param>
/// <param name="OpensAt">When it opens next, in its own zone; null while it is open, or where it never does.</param>
/// <param name="ClosesAt">When it closes; null while it is closed.</param>
/// <param name="Today">The day of the week there.</param>
/// <param name="Exception">Why today is not like other days, by language; null on an ordinary day.</param>
public sealed record OpeningStatus(bool IsOpen, LocalDateTime? OpensAt, LocalDateTime? ClosesAt, IsoDayOfWeek Today, ExceptionalDay? Exception);

/// <summary>A day with its own hours, or closed; every year on the same date where <paramref name="EveryYear"/> says so.</summary>
public sealed record ExceptionalDay(LocalDate Date, bool EveryYear, string Name, string NameAlbanian, string NameSerbian, LocalTime? Opens, LocalTime? Closes)
{
    public bool IsOn(LocalDate day) => EveryYear ? day.Month == Date.Month && day.Day == Date.Day : day == Date;
}

/// <summary>The organisation's opening hours in its own time zone.</summary>
public sealed class OpeningHours
{
    /// <summary>How far ahead the next opening is sought.</summary>
    private const int MaxDaysAhead = 60;

    private readonly Dictionary<IsoDayOfWeek, (LocalTime Opens, LocalTime Closes)> _weekdays = [];
    private readonly List<ExceptionalDay> _exceptions = [];

    private OpeningHours(DateTimeZone zone) => Zone = zone;

    /// <summary>Reads the custom settings of the type OpeningHours; null where they name no time zone that exists.</summary>
    public static OpeningHours? Read(JsonObject settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var name = Text(settings["OpeningHours"], "TimeZone");
        if (TimeZones.Find(name) is not { } zone) return null;
        var hours = new OpeningHours(zone);
        foreach (var day in Items(settings, "Weekdays", "WeekdayHours"))
        {
            if (Enum.TryParse<IsoDayOfWeek>(Text(day, "Day"), out var weekday) && Time(day, "Opens") is { } opens && Time(day, "Closes") is { } closes && closes > opens)
                hours._weekdays[weekday] = (opens, closes);
        }

        foreach (var day in Items(settings, "ExceptionalDays", "ExceptionalDay"))
        {
            if (Iso8601.ParseDay(Value(day, "Date")) is not { } date) continue;
            hours._exceptions.Add(new ExceptionalDay(
                LocalDate.FromDateTime(date), (day["EveryYear"] as JsonObject)?.FlagOf("Value") == true,
                Text(day, "Name"), Text(day, "NameAlbanian"), Text(day, "NameSerbian"), Time(day, "Opens"), Time(day, "Closes")));
        }

        return hours;
    }

    public DateTimeZone Zone { get; }

    /// <summary>The time there.</summary>
    public LocalDateTime Local(Instant moment) => moment.InZone(Zone).LocalDateTime;

    public OpeningStatus At(Instant moment)
    {
        var now = Local(moment);
        var exception = ExceptionOn(now.Date);
        if (On(now.Date) is { } hours && now.TimeOfDay >= hours.Opens && now.TimeOfDay < hours.Closes)
            return new OpeningStatus(true, null, now.Date + hours.Closes, now.DayOfWeek, exception);
        return new OpeningStatus(false, NextOpening(now), null, now.DayOfWeek, exception);
    }

    /// <summary>The exceptional days among the coming ones that would be working days otherwise, today included.</summary>
    public IEnumerable<(LocalDate Date, ExceptionalDay Day)> ComingExceptions(Instant moment)
    {
        var today = Local(moment).Date;
        for (var ahead = 0; ahead <= MaxDaysAhead; ahead++)
        {
            var date = today.PlusDays(ahead);
            if (ExceptionOn(date) is { } day && (_weekdays.ContainsKey(date.DayOfWeek) || day.Opens is not null)) yield return (date, day);
        }
    }

    // The day itself is more particular than one that comes every year.
    private ExceptionalDay? ExceptionOn(LocalDate day) => _exceptions.Where(exception => exception.IsOn(day)).MinBy(exception => exception.EveryYear);

    private LocalDateTime? NextOpening(LocalDateTime now)
    {
        for (var ahead = 0; ahead <= MaxDaysAhead; ahead++)
        {
            var day = now.Date.PlusDays(ahead);
            if (On(day) is { } hours && day + hours.Opens > now) return day + hours.Opens;
        }

        return null;
    }

    private (LocalTime Opens, LocalTime Closes)? On(LocalDate day)
    {
        if (ExceptionOn(day) is { } exception)
            return exception is { Opens: { } opens, Closes: { } closes } && closes > opens ? (opens, closes) : null;
        return _weekdays.TryGetValue(day.DayOfWeek, out var hours) ? hours : null;
    }

    private static IEnumerable<JsonObject> Items(JsonObject settings, string bag, string part) =>
        ((settings[bag] as JsonObject)?["ContentItems"] as JsonArray)?.Select(item => item?[part]).OfType<JsonObject>() ?? [];

    private static string Text(JsonNode? part, string field) => ((part as JsonObject)?[field] as JsonObject)?.TextOf("Text") ?? "";

    private static string? Value(JsonObject part, string field) => (part[field] as JsonObject)?.TextOf("Value");

    private static LocalTime? Time(JsonObject part, string field) =>
        Value(part, field) is { Length: > 0 } text && LocalTimePattern.GeneralIso.Parse(text) is { Success: true } time ? time.Value : null;
}
