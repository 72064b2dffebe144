using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Core.Fields;

namespace Cms.Core.Content;

/// <summary>
/// Days, moments and times of day as ISO 8601 writes them, and as nothing else: <c>1.12.2026</c> is the first of December to one
/// reader and the twelfth of January to another. A blank may stand for the T, as in RFC 3339.
/// </summary>
public static partial class Iso8601
{
    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Times = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    /// <summary>The moment in UTC. Text without an offset counts as UTC, a day alone as its midnight.</summary>
    public static DateTime? ParseMoment(string? text)
    {
        if (Split(text) is not var (day, time, offset)) return null;
        var ticks = day.Ticks + time.Ticks - offset.Ticks;
        return ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
    }

    /// <summary>The day as it is written, whatever time and offset stand behind it, as that day's midnight in UTC.</summary>
    public static DateTime? ParseDay(string? text) => Split(text) is var (day, _, _) ? day : null;

    /// <summary>A time of day without an offset, before 24:00.</summary>
    public static TimeSpan? ParseTime(string? text) =>
        TimeOnly.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time.ToTimeSpan() : null;

    /// <summary>The date and time of a clock on a wall, as browsers send what was typed; null where an offset says more than such a clock.</summary>
    public static DateTime? ParseWallClock(string? text) =>
        Grammar().IsMatch(text ?? "") && text![^1] is not ('Z' or 'z') && text.LastIndexOfAny(['+', '-']) < Day.Length && ParseMoment(text) is { } clock
            ? DateTime.SpecifyKind(clock, DateTimeKind.Unspecified)
            : null;

    /// <summary>The text as the contract keeps values of the type, or null where it is none: a day as its midnight, a moment in UTC, a time with seconds.</summary>
    public static string? Canonical(string? text, MemberType type) => type switch
    {
        MemberType.Date when ParseDay(text) is { } day => JsonValues.WriteMoment(day),
        MemberType.DateTime when ParseMoment(text) is { } moment => JsonValues.WriteMoment(moment),
        MemberType.Time when ParseTime(text) is { } time => time.ToString("c", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static (DateTime Day, TimeSpan Time, TimeSpan Offset)? Split(string? text)
    {
        if (text is null || Grammar().Match(text) is not { Success: true } match) return null;
        if (!DateTime.TryParseExact(
                match.Groups["day"].ValueSpan, Day, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day)) return null;
        var time = match.Groups["time"].Success ? ParseTime(match.Groups["time"].Value) : TimeSpan.Zero;
        return time is { } known && Offset(match) is { } offset ? (day, known, offset) : null;
    }

    private static TimeSpan? Offset(Match match)
    {
        if (!match.Groups["sign"].Success) return TimeSpan.Zero;
        var hours = int.Parse(match.Groups["hours"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var minutes = match.Groups["minutes"].Success ? int.Parse(match.Groups["minutes"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
        if (hours > 23 || minutes > 59) return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return match.Groups["sign"].ValueSpan[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(
        @"\A(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ](?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,7})?)?)(?:[Zz]|(?<sign>[+-])(?<hours>[0-9]{2})(?::?(?<minutes>[0-9]{2}))?)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();
}
