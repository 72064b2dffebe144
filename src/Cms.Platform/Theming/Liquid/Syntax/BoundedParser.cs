using System.Runtime.CompilerServices;
using Fluid;
using Fluid.Ast;
using Parlot;
using Parlot.Fluent;
using Filtered = Fluid.Ast.FilterExpression;

namespace Cms.Platform.Theming.Liquid.Syntax;

/// <summary>
/// Liquid whose expressions can't exhaust the server: ranges have a longest length where they are evaluated, and neither
/// parsing nor evaluating runs out of stack.
/// </summary>
public class BoundedParser : FluidParser
{
    /// <summary>Filters after one value, or conditions joined by <c>and</c> and <c>or</c>. Each is a call within the last.</summary>
    private const int MaxChain = 200;

    public BoundedParser(FluidParserOptions options) : base(options)
    {
        Primary.Parser = new StackGuard<Expression>(Primary.Parser!).Then(Bounded);
        FilterExpression.Parser = FilterExpression.Parser!.Then<Expression>((context, expression) =>
        {
            CheckChain(context, expression);
            return expression;
        });
        foreach (var name in new[] { "for", "tablerow" }) RegisteredTags[name] = RegisteredTags[name].Then(Bounded);
        foreach (var name in RegisteredTags.Keys.ToList()) RegisteredTags[name] = new StackGuard<Statement>(RegisteredTags[name]).Then<Statement>(CheckConditions);
    }

    /// <summary>Sees every expression that may have filters.</summary>
    protected virtual void SeeFilter(ParseContext context, string name)
    {
    }

    private static Expression Bounded(Expression expression) => expression is RangeExpression range ? new BoundedRange(range) : expression;

    private static Statement Bounded(Statement statement) => statement switch
    {
        ForStatement { Source: RangeExpression } loop => new ForStatement(loop.Statements, loop.Identifier, Bounded(loop.Source), loop.Limit, loop.Offset, loop.Reversed, loop.Else),
        TableRowStatement { Source: RangeExpression } rows => new TableRowStatement(rows.Statements, rows.Identifier, Bounded(rows.Source), rows.Limit, rows.Offset, rows.Cols),
        _ => statement,
    };

    private Statement CheckConditions(ParseContext context, Statement statement)
    {
        if (statement is UnlessStatement unless) CheckChain(context, unless.Condition);
        if (statement is not IfStatement branch) return statement;
        CheckChain(context, branch.Condition);
        foreach (var other in branch.ElseIfs) CheckChain(context, other.Condition);
        return statement;
    }

    private void CheckChain(ParseContext context, Expression expression)
    {
        var length = 0;
        for (var at = expression; at is Filtered or BinaryExpression;)
        {
            if (++length > MaxChain) throw new Fluid.ParseException($"More than {MaxChain} filters or conditions in one expression at {context.Scanner.Cursor.Position}");
            if (at is Filtered filter) SeeFilter(context, filter.Name);
            at = at is Filtered { Input: var input } ? input : ((BinaryExpression)at).Right;
        }
    }

    /// <summary>Refuses what is nested deeper than the stack is.</summary>
    private sealed class StackGuard<T>(Parser<T> inner) : Parser<T>
    {
        public override bool Parse(ParseContext context, ref ParseResult<T> result)
        {
            if (RuntimeHelpers.TryEnsureSufficientExecutionStack()) return inner.Parse(context, ref result);
            throw new Fluid.ParseException($"Nested too deep at {context.Scanner.Cursor.Position}");
        }
    }
}
