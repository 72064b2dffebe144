using System.Runtime.CompilerServices;
using Fluid.Ast;
using Fluid.Parser;
using Parlot;
using Parlot.Fluent;

namespace Cms.Platform.Theming.Liquid.Syntax;

/// <summary>What is known of a text while it is parsed.</summary>
internal sealed class LiquidParseContext(string text, IReadOnlySet<int> loneAnchors) : FluidParseContext(text)
{
    /// <summary>Where the anchors without an end tag have their names.</summary>
    public IReadOnlySet<int> LoneAnchors => loneAnchors;

    /// <summary>The filters that the text uses, each where it was first met.</summary>
    public Dictionary<string, TextPosition> Filters { get; } = new(StringComparer.Ordinal);

    /// <summary>The tags that nobody knows.</summary>
    public Dictionary<string, TextPosition> UnknownTags { get; } = new(StringComparer.Ordinal);
}

/// <summary>Gives a statement its place. A statement that begins must be understood to its end.</summary>
internal sealed class PlacedParser(string name, Parser<Statement> inner) : Parser<Statement>
{
    public override bool Parse(ParseContext context, ref ParseResult<Statement> result)
    {
        var start = context.Scanner.Cursor.Position;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new Fluid.ParseException($"Nested too deep at {start}");
        if (!inner.Parse(context, ref result)) throw new Fluid.ParseException($"The tag “{name}” is not understood as it is written here at {start}");
        result.Set(result.Start, result.End, new PlacedStatement(result.Value, new TemplatePlace(start.Line, start.Column)));
        return true;
    }
}

/// <summary>An anchor: with its end tag where the text has one, alone otherwise.</summary>
internal sealed class AnchorParser(Parser<Statement> block, Parser<Statement> alone) : Parser<Statement>
{
    public override bool Parse(ParseContext context, ref ParseResult<Statement> result)
    {
        var name = context.Scanner.Cursor.Position.Offset - 1;
        return ((LiquidParseContext)context).LoneAnchors.Contains(name) ? alone.Parse(context, ref result) : block.Parse(context, ref result);
    }
}
