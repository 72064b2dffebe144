using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;
using Fluid.Values;

namespace Cms.Platform.Theming;

/// <summary>Liquid with the tags of the contract (Liquid contract, section 6) that themes need.</summary>
public sealed class LiquidParser : FluidParser
{
    public LiquidParser()
    {
        RegisterEmptyTag("render_body", async (writer, _, context) =>
        {
            await writer.WriteAsync(RenderScope.Of(context).Page.Body).ConfigureAwait(false);
            return Completion.Normal;
        });
        RegisterParserTag("render_section", ArgumentsList, RenderSectionAsync);
        RegisterParserBlock("zone", ArgumentsList, ZoneAsync);
        RegisterParserTag("page_title", ArgumentsList, PageTitleAsync);
        RegisterParserTag("page_title_add_segment", ArgumentsList, async (arguments, _, _, context) =>
        {
            RenderScope.Of(context).Page.Title.Add((await TagArguments.ReadAsync(arguments, context).ConfigureAwait(false)).Text(0));
            return Completion.Normal;
        });
        RegisterParserTag("shape", ArgumentsList, ShapeAsync);
        RegisterParserTag("contentitem", ArgumentsList, ContentItemAsync);
        RegisterParserTag("meta", ArgumentsList, (arguments, _, _, context) => HeadAsync("meta", arguments, context, page => page.Meta));
        RegisterParserTag("link", ArgumentsList, (arguments, _, _, context) => HeadAsync("link", arguments, context, page => page.Links));
        RegisterParserTag("style", ArgumentsList, (arguments, _, _, context) => ResourceAsync(arguments, context, isStyle: true));
        RegisterParserTag("script", ArgumentsList, (arguments, _, _, context) => ResourceAsync(arguments, context, isStyle: false));
        RegisterParserTag("resources", ArgumentsList, ResourcesAsync);
        RegisterParserBlock("cache", ArgumentsList, async (_, statements, writer, encoder, context) =>
            await statements.RenderStatementsAsync(writer, encoder, context).ConfigureAwait(false));
    }

    private static async ValueTask<Completion> RenderSectionAsync(
        IReadOnlyList<FilterArgument> list, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var arguments = await TagArguments.ReadAsync(list, context).ConfigureAwait(false);
        var found = RenderScope.Of(context).Page.Zones.TryGetValue(arguments.Text(0), out var html);
        if (!found && arguments.Named("required").ToBooleanValue() && arguments.Has("required"))
            throw new InvalidOperationException($"The layout requires the section “{arguments.Text(0)}”, which no template filled.");
        await writer.WriteAsync(html ?? "").ConfigureAwait(false);
        return Completion.Normal;
    }

    private static async ValueTask<Completion> ZoneAsync(
        IReadOnlyList<FilterArgument> list, IReadOnlyList<Statement> statements, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var name = (await TagArguments.ReadAsync(list, context).ConfigureAwait(false)).Text(0);
        await using var content = new StringWriter();
        var completion = await statements.RenderStatementsAsync(content, encoder, context).ConfigureAwait(false);
        var zones = RenderScope.Of(context).Page.Zones;
        zones[name] = zones.GetValueOrDefault(name) + content;
        return completion;
    }

    private static async ValueTask<Completion> PageTitleAsync(
        IReadOnlyList<FilterArgument> list, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var arguments = await TagArguments.ReadAsync(list, context).ConfigureAwait(false);
        var title = RenderScope.Of(context).Page.Title;
        if (arguments.Text(0) is { Length: > 0 } text) title.Insert(arguments.Named("position").ToStringValue() == "after" ? title.Count : 0, text);
        return await WriteTitleAsync(arguments.Has("separator") ? arguments.Named("separator").ToStringValue() : " - ", writer, encoder, context).ConfigureAwait(false);
    }

    private static async ValueTask<Completion> WriteTitleAsync(string separator, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        await writer.WriteAsync(encoder.Encode(string.Join(separator, Enumerable.Reverse(RenderScope.Of(context).Page.Title)))).ConfigureAwait(false);
        return Completion.Normal;
    }

    private static async ValueTask<Completion> ShapeAsync(
        IReadOnlyList<FilterArgument> list, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var arguments = await TagArguments.ReadAsync(list, context).ConfigureAwait(false);
        var shape = new Shape(arguments.Text(0));
        foreach (var (name, value) in arguments.ByName) shape.Properties[TagArguments.PascalCase(name)] = value;
        var scope = RenderScope.Of(context);
        await writer.WriteAsync(await scope.Service<ThemeRenderer>().RenderAsync(shape, scope.Page, scope.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return Completion.Normal;
    }

    private static async ValueTask<Completion> ContentItemAsync(
        IReadOnlyList<FilterArgument> list, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var arguments = await TagArguments.ReadAsync(list, context).ConfigureAwait(false);
        var scope = RenderScope.Of(context);
        var handle = arguments.Named(arguments.Has("handle") ? "handle" : "alias").ToStringValue();
        if (await scope.Service<ContentAccess>().ByHandleAsync(handle, scope.CancellationToken).ConfigureAwait(false) is not { } item) return Completion.Normal;
        var displayType = arguments.Has("display_type") ? arguments.Named("display_type").ToStringValue() : "Detail";
        var shape = new Shape("Content") { ContentItem = item, DisplayType = displayType };
        await writer.WriteAsync(await scope.Service<ThemeRenderer>().RenderAsync(shape, scope.Page, scope.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return Completion.Normal;
    }

    private static async ValueTask<Completion> HeadAsync(
        string element, IReadOnlyList<FilterArgument> list, TemplateContext context, Func<Page, List<string>> target)
    {
        var arguments = await TagArguments.ReadAsync(list, context).ConfigureAwait(false);
        var attributes = arguments.ByName.Where(pair => pair.Key is not ("append_version" or "separator" or "condition"))
            .Select(pair => (Name: pair.Key == "src" ? "href" : pair.Key.Replace('_', '-'), Value: ThemePaths.Resolve(pair.Value.ToStringValue())));
        target(RenderScope.Of(context).Page).Add($"<{element}{HtmlText.Attributes(attributes)}>");
        return Completion.Normal;
    }

    private static async ValueTask<Completion> ResourceAsync(IReadOnlyList<FilterArgument> list, TemplateContext context, bool isStyle)
    {
        var arguments = await TagArguments.ReadAsync(list, context).ConfigureAwait(false);
        var source = arguments.Named("src").ToStringValue();
        if (source.Length == 0) return Completion.Normal;
        var scope = RenderScope.Of(context);
        var address = scope.Service<ThemePaths>().Versioned(ThemePaths.Resolve(source));
        if (isStyle) scope.Page.Styles.Add($"<link{HtmlText.Attributes([("rel", "stylesheet"), ("href", address)])}>");
        else scope.Page.Scripts.Add($"<script{HtmlText.Attributes([("src", address), ("type", "module")])}></script>");
        return Completion.Normal;
    }

    private static async ValueTask<Completion> ResourcesAsync(
        IReadOnlyList<FilterArgument> list, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var page = RenderScope.Of(context).Page;
        var kind = (await TagArguments.ReadAsync(list, context).ConfigureAwait(false)).Named("type").ToStringValue();
        IEnumerable<string> elements = kind switch
        {
            "Meta" => page.Meta,
            "HeadLink" => page.Links,
            "Stylesheet" => page.Styles,
            "Header" => [.. page.Meta, .. page.Links, .. page.Styles],
            "FootScript" or "Footer" => page.Scripts,
            _ => [],
        };
        await writer.WriteAsync(string.Join('\n', elements.Distinct())).ConfigureAwait(false);
        return Completion.Normal;
    }
}
