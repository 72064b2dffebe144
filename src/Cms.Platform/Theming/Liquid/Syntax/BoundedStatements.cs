using System.Text.Encodings.Web;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Cms.Platform.Theming.Liquid.Syntax;

/// <summary>A statement with its place: where a template fails, and how many statements its page has run.</summary>
internal sealed class PlacedStatement(Statement inner, TemplatePlace place) : Statement
{
    public override ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        scope.Place = place;
        scope.Page.Budget.CountSteps(1);
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return inner.WriteToAsync(writer, encoder, context);
    }
}

/// <summary>Line and column of a statement in its template, both counted from 1.</summary>
public sealed record TemplatePlace(int Line, int Column);

/// <summary>Writes a value. Unlike the library's, which writes the texts of a list as they are, it encodes those too.</summary>
internal sealed class EncodedOutput(Expression expression) : Statement
{
    public override async ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var value = await expression.EvaluateAsync(context).ConfigureAwait(false);
        foreach (var element in value is ArrayValue list ? list.Values : [value])
        {
            if (element is ArrayValue inner) await writer.WriteAsync(encoder.Encode(inner.ToStringValue())).ConfigureAwait(false);
            else await element.WriteToAsync(writer, encoder, context.CultureInfo).ConfigureAwait(false);
        }

        return Completion.Normal;
    }
}

/// <summary>Keeps what its statements write in a variable, and stops them where it grows too long.</summary>
internal sealed class BoundedCapture(CaptureStatement capture) : Statement
{
    public override async ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        await using var text = new BudgetWriter(RenderScope.Of(context).Page.Budget, RenderBudget.MaxText);
        var completion = await capture.Statements.RenderStatementsAsync(text, encoder, context).ConfigureAwait(false);
        context.SetValue(capture.Identifier, new StringValue(text.ToString(), encode: false));
        return completion;
    }
}

/// <summary>Writes what its statements write unless it is what they wrote the last time.</summary>
internal sealed class BoundedIfChanged(IfChangedStatement block) : Statement
{
    private const string Last = "$$ifchanged$$";

    public override async ValueTask<Completion> WriteToAsync(TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        await using var output = new BudgetWriter(RenderScope.Of(context).Page.Budget, RenderBudget.MaxText);
        var completion = await block.Statements.RenderStatementsAsync(output, encoder, context).ConfigureAwait(false);
        var text = output.ToString();
        if (context.AmbientValues.GetValueOrDefault(Last) as string == text) return completion;
        context.AmbientValues[Last] = text;
        await writer.WriteAsync(text).ConfigureAwait(false);
        return completion;
    }
}
