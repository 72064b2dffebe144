using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Ast;
using Microsoft.Extensions.Configuration;
using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Cms.Platform.Theming.Liquid;

/// <summary>What a tag does with its arguments.</summary>
public delegate ValueTask TagHandler(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context);

/// <summary>What a block does with its arguments and its content, which is rendered on demand.</summary>
public delegate ValueTask BlockHandler(TagArguments arguments, Func<ValueTask<string>> content, TextWriter writer, TemplateContext context);

/// <summary>Liquid with the tags of the contract (Liquid contract, section 6). A family of tags is one file that registers them.</summary>
public sealed partial class LiquidParser : FluidParser
{
    /// <summary>An anchor without an end tag, whose text is the display text of its item.</summary>
    internal const string AnchorAlone = "a_alone";

    public LiquidParser(IConfiguration configuration) : base(new FluidParserOptions { AllowLiquidTag = configuration.GetValue("OrchardCore:OrchardCore_Liquid:AllowLiquidTag", false) })
    {
        LayoutTags.Register(this);
        ShapeTags.Register(this);
        ResourceTags.Register(this);
        LinkTags.Register(this);
        FormTags.Register(this);
        CacheTags.Register(this);
    }

    /// <summary>The text as a template.</summary>
    /// <exception cref="LiquidTemplateException">The text is not Liquid; the message names place, line and column.</exception>
    public IFluidTemplate Parse(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Range().Match(text) is { Success: true } range) throw LiquidTemplateException.Running(place, $"The range {range.Value} is too long.");
        return this.TryParse(WithoutLoneAnchors(text), out var template, out var error) ? template : throw LiquidTemplateException.Parsing(place, text, error);
    }

    /// <summary>Adds a tag: <c>{% name first, second, named: value %}</c>.</summary>
    internal void Tag(string name, TagHandler handler) => RegisterParserTag(name, ZeroOrOne(ArgumentsList), async (list, writer, encoder, context) =>
    {
        await handler(await TagArguments.ReadAsync(list, context).ConfigureAwait(false), writer, encoder, context).ConfigureAwait(false);
        return Completion.Normal;
    });

    /// <summary>Adds a tag whose first argument stands apart: <c>{% name shape "text" %}</c> or <c>{% name shape named: value %}</c>.</summary>
    internal void TagOf(string name, TagHandler handler) => RegisterParserTag(name, Primary.AndSkip(ZeroOrOne(Comma)).And(ZeroOrOne(ArgumentsList)), async (parts, writer, encoder, context) =>
    {
        var arguments = await TagArguments.ReadAsync(parts.Item2, context, parts.Item1).ConfigureAwait(false);
        await handler(arguments, writer, encoder, context).ConfigureAwait(false);
        return Completion.Normal;
    });

    /// <summary>Adds a block: <c>{% name arguments %}…{% endname %}</c>.</summary>
    internal void Block(string name, BlockHandler handler) => RegisterParserBlock(name, ZeroOrOne(ArgumentsList), async (list, statements, writer, encoder, context) =>
    {
        var completion = Completion.Normal;
        await handler(await TagArguments.ReadAsync(list, context).ConfigureAwait(false), async () =>
        {
            await using var content = new BudgetWriter(RenderScope.Of(context).Page.Budget);
            completion = await statements.RenderStatementsAsync(content, encoder, context).ConfigureAwait(false);
            return content.ToString();
        }, writer, context).ConfigureAwait(false);
        return completion;
    });

    /// <summary>The end tag of an anchor is optional: those without one become another tag, which has none.</summary>
    private static string WithoutLoneAnchors(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return text;
        var open = new Stack<int>();
        foreach (Match match in Anchor().Matches(text))
        {
            if (match.Groups["name"].Value == "a") open.Push(match.Groups["name"].Index);
            else open.TryPop(out _);
        }

        foreach (var at in open) text = string.Concat(text.AsSpan(0, at), AnchorAlone, text.AsSpan(at + 1));
        return text;
    }

    // Ranges are made whole before they are used; one of six digits and more is a mistake or worse.
    [GeneratedRegex(@"\(\s*[\w.-]+\s*\.\.\s*-?\d{6,}\s*\)")]
    private static partial Regex Range();

    [GeneratedRegex(@"\{%-?\s*(?<name>a|enda)\b")]
    private static partial Regex Anchor();
}
