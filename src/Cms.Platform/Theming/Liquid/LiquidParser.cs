using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Cms.Platform.Theming.Liquid.Syntax;
using Cms.Platform.Theming.Templates;
using Fluid;
using Fluid.Ast;
using Fluid.Parser;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Parlot;
using Parlot.Fluent;
using static Parlot.Fluent.Parsers;

namespace Cms.Platform.Theming.Liquid;

/// <summary>What a tag does with its arguments.</summary>
public delegate ValueTask TagHandler(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context);

/// <summary>What a block does with its arguments and its content, which is rendered on demand.</summary>
public delegate ValueTask BlockHandler(TagArguments arguments, Func<ValueTask<string>> content, TextWriter writer, TemplateContext context);

/// <summary>
/// Liquid with the tags of the contract (Liquid contract, section 6). A family of tags is one file that registers them. A text
/// must be understood to its end. Tags and filters that nobody knows are errors in development; elsewhere the first is
/// left out and the second lets its input through, and the log names them once.
/// </summary>
public sealed partial class LiquidParser : BoundedParser
{
    /// <summary>Characters of a template; a page of text has three thousand.</summary>
    private const int MaxTemplate = 1024 * 1024;

    private const int MaxLogged = 1000;

    private static readonly string[] InnerTags = ["else", "elsif", "when"];

    private readonly ConcurrentDictionary<string, bool> _logged = new(StringComparer.Ordinal);
    private readonly ILogger<LiquidParser> _logger;
    private readonly bool _isStrict;

    public LiquidParser(IConfiguration configuration, IHostEnvironment environment, ILogger<LiquidParser> logger)
        : base(new FluidParserOptions { AllowFunctions = true, AllowLiquidTag = configuration.GetValue("OrchardCore:OrchardCore_Liquid:AllowLiquidTag", false) })
    {
        (_logger, _isStrict) = (logger, environment.IsDevelopment());
        RegisteredTags["capture"] = RegisteredTags["capture"].Then<Statement>(statement => statement is CaptureStatement capture ? new BoundedCapture(capture) : statement);
        RegisteredTags["ifchanged"] = RegisteredTags["ifchanged"].Then<Statement>(statement => statement is IfChangedStatement block ? new BoundedIfChanged(block) : statement);
        foreach (var name in new[] { "include", "render" }) RegisteredTags[name] = RegisteredTags[name].Then(TemplateFile.Of);
        LayoutTags.Register(this);
        ShapeTags.Register(this);
        ResourceTags.Register(this);
        LinkTags.Register(this);
        FormTags.Register(this);
        CacheTags.Register(this);
        foreach (var name in RegisteredTags.Keys.ToList()) RegisteredTags[name] = new PlacedParser(name, RegisteredTags[name]);
        KnownTagsList.Parser = Statements(isInBlock: false);
        AnyTagsList.Parser = Statements(isInBlock: true);
    }

    /// <summary>The names of the filters; empty while they are not known.</summary>
    internal IReadOnlySet<string> KnownFilters { get; set; } = new HashSet<string>();

    /// <summary>The text as a template.</summary>
    /// <exception cref="LiquidTemplateException">The text is not Liquid; the message names place, line and column.</exception>
    public IFluidTemplate Parse(string text, string place)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (template, context) = Read(text, place);
        foreach (var (name, position) in Unknown(context))
        {
            if (_isStrict) throw LiquidTemplateException.Parsing(place, text, $"Nobody knows {name} at {position}");
            if (_logged.Count < MaxLogged && _logged.TryAdd($"{place} {name}", true)) LogUnknown(_logger, place, position.Line, position.Column, name);
        }

        return template;
    }

    /// <summary>What is wrong with the text, tags and filters that nobody knows among it; null where nothing is.</summary>
    public string? ProblemOf(string text)
    {
        try
        {
            return Unknown(Read(text, "").Context).Select(entry => $"Nobody knows {entry.Name} at {entry.Position}").FirstOrDefault();
        }
        catch (LiquidTemplateException problem)
        {
            return problem.Message.TrimStart(',', ':', ' ');
        }
    }

    private IEnumerable<(string Name, TextPosition Position)> Unknown(LiquidParseContext context) =>
        context.UnknownTags.Select(pair => ($"the tag “{pair.Key}”", pair.Value))
            .Concat(context.Filters.Where(pair => KnownFilters.Count > 0 && !KnownFilters.Contains(pair.Key)).Select(pair => ($"the filter “{pair.Key}”", pair.Value)));

    private (IFluidTemplate Template, LiquidParseContext Context) Read(string text, string place)
    {
        if (text.Length > MaxTemplate) throw LiquidTemplateException.Running(place, $"The template is longer than {MaxTemplate} characters.");
        var context = new LiquidParseContext(text, LoneAnchors(text));
        try
        {
            if (!Grammar.TryParse(context, out var statements, out var error))
                throw LiquidTemplateException.Parsing(place, text, error is null ? "This is no Liquid" : $"{error.Message} at {error.Position}");
            if (!context.Scanner.Cursor.Eof) throw LiquidTemplateException.Parsing(place, text, $"This is not understood at {context.Scanner.Cursor.Position}");
            return (new FluidTemplate(statements), context);
        }
        catch (Exception problem) when (problem is Fluid.ParseException or Parlot.ParseException or OverflowException or FormatException)
        {
            throw LiquidTemplateException.Parsing(place, text, problem.Message);
        }
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

    /// <summary>Adds the block <c>a</c>, whose end tag may be left out.</summary>
    internal void Anchor(BlockHandler handler)
    {
        const string name = "a";
        Tag(name, (arguments, writer, _, context) => handler(arguments, () => ValueTask.FromResult(""), writer, context));
        var alone = RegisteredTags[name];
        Block(name, handler);
        RegisteredTags[name] = new AnchorParser(RegisteredTags[name], alone);
    }

    protected override void SeeFilter(ParseContext context, string name)
    {
        ArgumentNullException.ThrowIfNull(context);
        (context as LiquidParseContext)?.Filters.TryAdd(name, context.Scanner.Cursor.Position);
    }

    /// <summary>Texts, outputs and tags, each with its place, to the end of the text or of the block.</summary>
    private Parser<IReadOnlyList<Statement>> Statements(bool isInBlock)
    {
        var output = OutputStart.SkipAnd(new PlacedParser("{{", FilterExpression.AndSkip(OutputEnd.ElseError("End of tag '}}' was expected")).Then<Statement>(value => new EncodedOutput(value))));
        var name = OneOf(Terms.Char('#').Then(_ => "#"), Identifier.ElseError("An identifier was expected after '{%'"));
        var tag = TagStart.SkipAnd(name.Switch((context, found) => TagOf(context, found, isInBlock)!));
        var text = AnyCharBefore(OutputStart.Or(TagStart)).Then<Statement>(Text);
        return ZeroOrMany(output.Or(tag).Or(text));
    }

    private Parser<Statement>? TagOf(ParseContext context, string name, bool isInBlock)
    {
        if (RegisteredTags.TryGetValue(name, out var known)) return known;
        var isInner = InnerTags.Contains(name) || (name.StartsWith("end", StringComparison.Ordinal) && RegisteredTags.ContainsKey(name[3..]));
        if (isInner && isInBlock) return null;
        if (isInner) throw new Fluid.ParseException($"The tag “{name}” ends or divides nothing at {context.Scanner.Cursor.Position}");
        (context as LiquidParseContext)?.UnknownTags.TryAdd(name, context.Scanner.Cursor.Position);
        return AnyCharBefore(TagEnd, canBeEmpty: true).AndSkip(TagEnd.ElseError("End of tag '%}' was expected")).Then<Statement>(_ => new TextSpanStatement(""));
    }

    /// <summary>A text, which the tags around it may strip of white space.</summary>
    private static TextSpanStatement Text(ParseContext context, TextSpan span)
    {
        var state = (FluidParseContext)context;
        var text = new TextSpanStatement(in span) { PreviousIsTag = state.PreviousIsTag, PreviousIsOutput = state.PreviousIsOutput };
        if (state.StripNextTextSpanStatement) text.StripLeft = true;
        state.StripNextTextSpanStatement = false;
        state.PreviousTextSpanStatement = text;
        return text;
    }

    /// <summary>Where the anchors have their names whose end tag is left out.</summary>
    private static HashSet<int> LoneAnchors(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal)) return [];
        var open = new Stack<int>();
        foreach (Match match in AnchorTags().Matches(text))
        {
            if (match.Groups["name"].Value == "a") open.Push(match.Groups["name"].Index);
            else open.TryPop(out _);
        }

        return [.. open];
    }

    [GeneratedRegex(@"\{%-?\s*(?<name>a|enda)\b")]
    private static partial Regex AnchorTags();

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Template}, line {Line}, column {Column}: nobody knows {Name}, which is left out")]
    private static partial void LogUnknown(ILogger logger, string template, int line, int column, string name);
}
