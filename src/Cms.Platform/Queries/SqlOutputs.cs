using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid.Syntax;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Cms.Platform.Queries;

/// <summary>
/// What Liquid puts out in an SQL template. Each output leaves a mark in the text, and becomes a bound parameter there; a quoted
/// text with marks in it becomes one parameter as a whole. So a value is never read as SQL, whatever filters it went through;
/// names of columns, directions and other SQL have to stand in the template itself.
/// </summary>
internal sealed partial class SqlOutputs
{
    private const string Key = nameof(SqlOutputs);
    /// <summary>Begins the names of parameters that Liquid's values become.</summary>
    public const string ParameterPrefix = "liquid_";

    private const char Open = '\uE000';
    private const char Close = '\uE001';

    private readonly List<object?> _values = [];

    public void AttachTo(TemplateContext context) => context.AmbientValues[Key] = this;

    /// <summary>The template with all its outputs recorded.</summary>
    public static IFluidTemplate Rewrite(IFluidTemplate template) => new Rewriter().VisitTemplate(template);

    /// <summary>The rendered text with parameters in the place of the marks, and their values beside those that were given.</summary>
    public (string Sql, IReadOnlyDictionary<string, object?> Parameters) Bind(string text, IReadOnlyDictionary<string, object?> given)
    {
        var parameters = new Dictionary<string, object?>(given, StringComparer.Ordinal);
        var sql = Piece().Replace(text, piece =>
        {
            if (!piece.Value.Contains(Open, StringComparison.Ordinal)) return piece.Value;
            if (piece.Groups["comment"].Success) return " ";
            if (piece.Groups["name"].Success) throw new StoredQueryException("A value can't be the name of a column or table; write the name into the template.");
            if (piece.Groups["text"].Success) return Parameter(Resolve(piece.Value[1..^1].Replace("''", "'", StringComparison.Ordinal)));

            // A default that Liquid gives to a parameter, which counts only where nobody gave the parameter.
            if (piece.Groups["parameter"].Success && given.ContainsKey(piece.Groups["parameter"].Value)) return "@" + piece.Groups["parameter"].Value;
            return Parameter(Value(piece.Groups["index"].Value));
        });
        return (sql, parameters);

        string Parameter(object? value)
        {
            var name = ParameterPrefix + parameters.Count.ToString(CultureInfo.InvariantCulture);
            while (!parameters.TryAdd(name, value)) name += "_";
            return "@" + name;
        }
    }

    private string Record(FluidValue value, TemplateContext context)
    {
        object? recorded = value switch
        {
            NilValue => null,
            BooleanValue => value.ToBooleanValue(),
            NumberValue => value.ToNumberValue() is var number && decimal.Truncate(number) == number && Math.Abs(number) < long.MaxValue ? (long)number : number,
            _ => Resolve(value.ToStringValue()),
        };
        if (recorded is string text) RenderScope.Of(context).Page.Budget.CountMade(text.Length);
        _values.Add(recorded);
        context.IncrementSteps();
        return $"{Open}{(_values.Count - 1).ToString(CultureInfo.InvariantCulture)}{Close}";
    }

    /// <summary>A text that was captured may have marks in it; here it is a value like any other. A mark is short and what it stands for may be long.</summary>
    private string Resolve(string text)
    {
        var length = (long)text.Length;
        return Mark().Replace(text, mark =>
        {
            var value = Convert.ToString(Value(mark.Groups["index"].Value), CultureInfo.InvariantCulture) ?? "";
            if ((length += value.Length) > RenderBudget.MaxText) throw new StoredQueryException($"A value has more than {RenderBudget.MaxText} characters.");
            return value;
        });
    }

    private object? Value(string index) => int.TryParse(index, out var i) && i < _values.Count ? _values[i] : null;

    [GeneratedRegex("\uE000(?<index>[0-9]{1,9})\uE001", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex("""
        (?<text>'(?:[^']|'')*') | (?<name>"[^"]*" | \[[^\]]*\] | `[^`]*`) | (?<comment>--[^\n]* | /\*.*?\*/)
        | @(?<parameter>\w+):\uE000(?<index>[0-9]{1,9})\uE001 | \uE000(?<index>[0-9]{1,9})\uE001
        """, RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Piece();

    private sealed class Rewriter : BoundedBlocks
    {
        protected override Statement VisitOutputStatement(OutputStatement outputStatement) => new OutputStatement(new Recorded(outputStatement.Expression));

        protected override Statement VisitCycleStatement(CycleStatement cycleStatement) =>
            throw new StoredQueryException("The tag cycle can't be used in SQL.");
    }

    private sealed class Recorded(Expression expression) : Expression
    {
        public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
        {
            var value = await expression.EvaluateAsync(context).ConfigureAwait(false);
            return new StringValue(((SqlOutputs)context.AmbientValues[Key]).Record(value, context), encode: false);
        }
    }
}
