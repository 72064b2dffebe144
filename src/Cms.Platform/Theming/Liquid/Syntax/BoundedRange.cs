using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid.Syntax;

/// <summary>A range such as <c>(1..count)</c> that is made only where it is short enough; each of its numbers is a step.</summary>
internal sealed class BoundedRange(RangeExpression range) : Expression
{
    public override async ValueTask<FluidValue> EvaluateAsync(TemplateContext context)
    {
        var first = (await range.From.EvaluateAsync(context).ConfigureAwait(false)).ToNumberValue();
        var last = (await range.To.EvaluateAsync(context).ConfigureAwait(false)).ToNumberValue();
        if (first < int.MinValue || last > int.MaxValue || last - first >= RenderBudget.MaxList)
            throw new InvalidOperationException($"The range ({first:0}..{last:0}) has more than {RenderBudget.MaxList} numbers.");
        var start = decimal.ToInt32(decimal.Round(first));
        var length = Math.Max(0, decimal.ToInt32(decimal.Round(Math.Max(last, first - 1))) - start + 1);
        RenderScope.Find(context)?.Page.Budget.CountSteps(length);
        var numbers = new FluidValue[length];
        for (var i = 0; i < length; i++) numbers[i] = NumberValue.Create(start + i);
        return new ArrayValue(numbers);
    }
}
