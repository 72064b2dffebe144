using System.Text.RegularExpressions;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid;

/// <summary>
/// Keeps every filter within its page's time and every text and list that it makes within what a variable may hold. Filters that
/// could make something far longer than their input are asked before they run.
/// </summary>
internal static partial class LiquidLimits
{
    /// <summary>Characters that filters with a parser of their own take: HTML, Markdown, Liquid, JSON.</summary>
    private const int MaxParsed = 256 * 1024;

    private static readonly string[] Parsing = ["markdownify", "sanitize_html", "shortcode", "liquid", "jsonparse", "slugify", "transliterate", "strip_html"];

    /// <summary>The length of what a filter would make, where that is more than its input and a fixed part.</summary>
    private static readonly Dictionary<string, Func<FluidValue, FilterArguments, long>> Lengths = new(StringComparer.Ordinal)
    {
        ["append"] = (input, arguments) => Length(input) + Length(arguments.At(0)),
        ["prepend"] = (input, arguments) => Length(input) + Length(arguments.At(0)),
        ["replace"] = (input, arguments) => Length(input) + Growth(input.ToStringValue(), arguments.At(0).ToStringValue(), Length(arguments.At(1))),
        ["join"] = (input, arguments) => input is ArrayValue list ? list.Values.Sum(Length) + (list.Values.Count * Length(arguments.At(0))) : Length(input),
        ["truncate"] = (input, arguments) => Length(input) + Length(arguments.At(1)),
        ["truncatewords"] = (input, arguments) => Length(input) + Length(arguments.At(1)),
        ["newline_to_br"] = (input, _) => Length(input) + Growth(input.ToStringValue(), "\n", 6),
    };

    /// <summary>Arguments and inputs that are formats, in which a number is a width.</summary>
    private static readonly string[] Formats = ["format_number", "format_string", "format_date", "date", "t", "d"];

    public static void Apply(TemplateOptions options)
    {
        foreach (var (name, filter) in options.Filters.ToList())
        {
            var length = Lengths.GetValueOrDefault(name);
            var parses = Parsing.Contains(name, StringComparer.Ordinal);
            var formats = Formats.Contains(name, StringComparer.Ordinal);
            options.Filters.AddFilter(name, async (input, arguments, context) =>
            {
                var budget = RenderScope.Find(context)?.Page.Budget;
                budget?.CheckTime();
                if (length is not null && length(input, arguments) > RenderBudget.MaxText) throw TooLong(name);
                if (parses && Length(input) > MaxParsed) throw new InvalidOperationException($"The filter “{name}” takes up to {MaxParsed} characters.");
                if (formats) CheckFormat(name, input, arguments);
                var made = Checked(name, await filter(input, arguments, context).ConfigureAwait(false));
                if (made is StringValue && !ReferenceEquals(made, input)) budget?.CountMade(Length(made));
                return made;
            });
        }

        options.Assigned = (name, value, _) => ValueTask.FromResult(Checked(name, value));
    }

    private static long Length(FluidValue value) => value switch
    {
        StringValue text => text.ToStringValue().Length,
        ArrayValue list => list.Values.Count == 0 ? 0 : list.Values.Sum(Length),
        NumberValue or BooleanValue => 12,
        _ => 32,
    };

    /// <summary>What a text grows by where each of some parts becomes as long as <paramref name="becomes"/>.</summary>
    private static long Growth(string text, string part, long becomes)
    {
        if (part.Length == 0 || becomes <= part.Length) return 0;
        var count = 0L;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal)) count++;
        return count * (becomes - part.Length);
    }

    private static FluidValue Checked(string name, FluidValue value) => value switch
    {
        StringValue text when text.ToStringValue().Length > RenderBudget.MaxText => throw TooLong(name),
        ArrayValue list when list.Values.Count > RenderBudget.MaxList => throw new InvalidOperationException($"“{name}” makes a list of more than {RenderBudget.MaxList} values."),
        _ => value,
    };

    private static InvalidOperationException TooLong(string name) => new($"“{name}” makes a text of more than {RenderBudget.MaxText} characters.");

    private static void CheckFormat(string name, FluidValue input, FilterArguments arguments)
    {
        var isInput = name is "format_string" or "t" or "d";
        if (Width().IsMatch(isInput ? input.ToStringValue() : arguments.At(0).ToStringValue()))
            throw new InvalidOperationException($"The format of the filter “{name}” has a width of more than 999.");
    }

    // A precision as in “F1000”, a width as in “{0,1000}” and “%1000d”.
    [GeneratedRegex(@"^\s*[A-Za-z]\d{4,}|\{\d+[,:][^}]*\d{4,}|%[-_0^#]*\d{4,}")]
    private static partial Regex Width();
}
