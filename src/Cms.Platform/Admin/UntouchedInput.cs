using System.Globalization;
using Cms.Core.Content;
using Cms.Core.Fields;

namespace Cms.Platform.Admin;

/// <summary>
/// Tells what somebody typed from what a browser sends of an input that nobody touched. Browsers change what they are given:
/// line breaks, times, and whatever an input of a kind can't hold (HTML standard, “value sanitization algorithm”).
/// </summary>
internal static class UntouchedInput
{
    /// <summary>What an input holds of a text that it was given, and of what it sent.</summary>
    private static readonly Dictionary<string, Func<string, string>> Held = new(StringComparer.Ordinal)
    {
        ["textarea"] = WithPlainBreaks,
        ["html"] = WithPlainBreaks,
        ["markdown"] = WithPlainBreaks,
        ["number"] = text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) && text.Trim() == text ? text : "",
        ["date"] = text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : "",
        ["datetime-local"] = text => Iso8601.ParseWallClock(text) is { } moment ? FormValues.ShowLocalMoment(moment) : "",
        ["time"] = text => Iso8601.ParseTime(text) is { } time ? FormValues.ShowTime(time) : "",
        ["email"] = text => WithoutBreaks(text).Trim(),
        ["text"] = WithoutBreaks,
        ["url"] = WithoutBreaks,
        ["tel"] = WithoutBreaks,
    };

    /// <summary>Whether the texts that were sent are those that the input showed.</summary>
    public static bool Is(IReadOnlyList<string> sent, IReadOnlyList<string> shown, ContentMember member, string input)
    {
        ArgumentNullException.ThrowIfNull(sent);
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(member);
        if (input == FormValues.Checkbox) return sent.Count > 0 == FormValues.IsChecked(shown);
        if (input == FormValues.Lines) return WithPlainBreaks(string.Join('\n', sent)) == WithPlainBreaks(string.Join('\n', shown));
        var (now, before) = (Comparable(sent, member, input), Comparable(member.IsList ? shown : [.. shown.Take(1)], member, input));
        return IsSet(input, member) ? now.ToHashSet(StringComparer.Ordinal).SetEquals(before) : now.SequenceEqual(before, StringComparer.Ordinal);
    }

    /// <summary>The texts that were sent, in the order of those that the input showed: boxes are sent in the order of the options.</summary>
    public static IReadOnlyList<string> InShownOrder(IReadOnlyList<string> sent, IReadOnlyList<string> shown, ContentMember member, string input) =>
        IsSet(input, member) ? [.. shown.Where(sent.Contains), .. sent.Except(shown, StringComparer.Ordinal)] : sent;

    /// <summary>Several boxes to tick say nothing about their order.</summary>
    private static bool IsSet(string input, ContentMember member) => input == FormValues.Choice && member.IsList;

    private static List<string> Comparable(IReadOnlyList<string> texts, ContentMember member, string input)
    {
        var held = Held.TryGetValue(input, out var hold) ? texts.Select(hold) : texts;
        return [.. member.IsAligned ? held : held.Where(text => text.Length > 0)];
    }

    private static string WithPlainBreaks(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string WithoutBreaks(string text) => text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
}
