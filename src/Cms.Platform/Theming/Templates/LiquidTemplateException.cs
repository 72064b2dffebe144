using System.Globalization;
using System.Text.RegularExpressions;
using Cms.Platform.Theming.Liquid.Syntax;

namespace Cms.Platform.Theming.Templates;

/// <summary>A template can't be parsed, or failed while it ran; the message names it, with line and column where they are known.</summary>
public sealed partial class LiquidTemplateException : Exception
{
    private const int LinesAround = 3;

    /// <summary>Characters of a reason, which may quote what a visitor sent.</summary>
    private const int MaxReason = 1000;

    public LiquidTemplateException(string message) : base(message) { }

    private LiquidTemplateException(string message, string place, string reason, IReadOnlyList<TemplateLine> excerpt, Exception? cause = null) : base(message, cause) =>
        (Place, Reason, Excerpt) = (place, reason, excerpt);

    /// <summary>The file or the stored template, with line and column.</summary>
    public string Place { get; } = "";

    public string Reason { get; } = "";

    /// <summary>The lines around the error; empty where its line is not known.</summary>
    public IReadOnlyList<TemplateLine> Excerpt { get; } = [];

    /// <summary>For a failure while the template ran.</summary>
    public static LiquidTemplateException Running(string place, string reason) => new($"{place}: {reason}", place, reason, []);

    /// <summary>For a failure of the statement that the template had come to.</summary>
    public static LiquidTemplateException Running(string template, TemplatePlace? place, Exception cause, ThemeTemplate? source = null)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var exact = place is null ? template : $"{template}, line {place.Line}, column {place.Column}";
        var reason = cause.Message.Length > MaxReason ? cause.Message[..MaxReason] + "…" : cause.Message;
        return new($"{exact}: {reason}", exact, reason, place is null || source is null ? [] : Around(source.ReadText(), place.Line), cause);
    }

    /// <summary>For what the parser said, which ends in the place as <c>(line:column)</c>.</summary>
    public static LiquidTemplateException Parsing(string place, string text, string error)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(error);
        var match = ErrorPlace().Match(error);
        if (!match.Success) return Running(place, error);
        var line = int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture);
        var reason = error[..match.Index].TrimEnd(' ', '\n', '\r');
        var exact = $"{place}, line {line}, column {match.Groups["column"].Value}";
        return new LiquidTemplateException($"{exact}: {reason}", exact, reason, Around(text, line));
    }

    private static List<TemplateLine> Around(string text, int line)
    {
        var lines = text.Split('\n');
        var first = Math.Max(1, line - LinesAround);
        return [.. Enumerable.Range(first, Math.Max(0, Math.Min(lines.Length, line + LinesAround) - first + 1))
            .Select(number => new TemplateLine(number, lines[number - 1].TrimEnd('\r'), number == line))];
    }

    [GeneratedRegex(@"\((?:at )?(?<line>\d+):(?<column>\d+)\)|at line:(?<line>\d+), col:(?<column>\d+)", RegexOptions.RightToLeft)]
    private static partial Regex ErrorPlace();
}

/// <summary>A line of a template, for whoever corrects it.</summary>
public sealed record TemplateLine(int Number, string Text, bool IsWrong);
