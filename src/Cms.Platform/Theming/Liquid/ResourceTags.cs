using System.Text.Encodings.Web;
using Fluid;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Tags for what stands in the page's head and at its foot: meta, links, style sheets and scripts.</summary>
internal static class ResourceTags
{
    private static readonly string[] Own =
    [
        "name", "src", "version", "at", "depends_on", "condition", "culture", "debug", "debug_src", "cdn_src", "debug_cdn_src", "use_cdn", "append_version", "separator",
    ];

    public static void Register(LiquidParser parser)
    {
        parser.Tag("meta", Meta);
        parser.Tag("link", Link);
        parser.Tag("style", (arguments, writer, _, context) => ResourceAsync(arguments, writer, context, isStyle: true));
        parser.Tag("script", (arguments, writer, _, context) => ResourceAsync(arguments, writer, context, isStyle: false));
        parser.Block("styleblock", (arguments, content, writer, context) => BlockAsync(arguments, content, writer, context, isStyle: true));
        parser.Block("scriptblock", (arguments, content, writer, context) => BlockAsync(arguments, content, writer, context, isStyle: false));
        parser.Tag("resources", ResourcesAsync);
    }

    private static ValueTask Meta(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var attributes = arguments.Attributes("separator").Select(pair => (pair.Key.Replace('_', '-'), pair.Value));
        RenderScope.Of(context).Page.Head.AddMeta(attributes, arguments.Has("separator") ? arguments.Text("separator") : null);
        return ValueTask.CompletedTask;
    }

    private static ValueTask Link(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var attributes = arguments.Attributes("append_version", "condition").Select(pair => pair.Key is "src" or "href"
            ? ("href", Address(pair.Value, arguments, scope, isVersioned: false))
            : (pair.Key.Replace('_', '-'), pair.Value));
        scope.Page.Head.AddLink(attributes, arguments.Text("condition"));
        return ValueTask.CompletedTask;
    }

    private static async ValueTask ResourceAsync(TagArguments arguments, TextWriter writer, TemplateContext context, bool isStyle)
    {
        var scope = RenderScope.Of(context);
        var source = arguments.Has("src") ? arguments.Text("src") : arguments.Text("debug_src");
        var attributes = HtmlText.Attributes(arguments.Attributes(Own));
        var html = "";
        if (source.Length > 0)
        {
            var address = Address(source, arguments, scope, isVersioned: true);
            html = isStyle
                ? $"<link{HtmlText.Attributes([("href", address), ("rel", "stylesheet")])}{attributes}>"
                : $"<script{HtmlText.Attributes([("src", address)])}{attributes}></script>";
            html = HtmlText.Conditional(html, arguments.Text("condition"));
        }

        await AddAsync(html, arguments, writer, scope, context, isStyle).ConfigureAwait(false);
    }

    private static async ValueTask BlockAsync(TagArguments arguments, Func<ValueTask<string>> content, TextWriter writer, TemplateContext context, bool isStyle)
    {
        var scope = RenderScope.Of(context);
        var block = await content().ConfigureAwait(false);
        var element = isStyle ? "style" : "script";

        // Templates of the theme may bring code of their own; content may not.
        if (scope.Template is not null) scope.Page.Resources.Allow(isStyle, block);
        await AddAsync($"<{element}{HtmlText.Attributes(arguments.Attributes(Own))}>{block}</{element}>", arguments, writer, scope, context, isStyle).ConfigureAwait(false);
    }

    private static async ValueTask AddAsync(string html, TagArguments arguments, TextWriter writer, RenderScope scope, TemplateContext context, bool isStyle)
    {
        var location = Enum.TryParse<ResourceLocation>(arguments.Text("at"), ignoreCase: true, out var at) ? at : isStyle ? ResourceLocation.Head : ResourceLocation.Foot;
        if (location == ResourceLocation.Inline) await writer.WriteAsync(html).ConfigureAwait(false);
        else scope.Page.Resources.Add(new PageResource(isStyle, arguments.Text("name"), location, html, [.. DependsOn(arguments, context)]));
    }

    private static IEnumerable<string> DependsOn(TagArguments arguments, TemplateContext context) =>
        TagArguments.Words(arguments.Named("depends_on"), context).Select(name => name.Split(':')[0]);

    private static string Address(string source, TagArguments arguments, RenderScope scope, bool isVersioned)
    {
        var path = ThemePaths.Resolve(source);
        var isWanted = arguments.Has("append_version") ? arguments.Named("append_version").ToBooleanValue() : isVersioned;
        return isWanted ? scope.Service<ThemePaths>().Versioned(path) : path;
    }

    private static async ValueTask ResourcesAsync(TagArguments arguments, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var page = RenderScope.Of(context).Page;
        IEnumerable<string> elements = arguments.Find("type", 0).ToStringValue().ToLowerInvariant() switch
        {
            "meta" => page.Head.Meta,
            "headlink" => page.Head.Links,
            "stylesheet" => page.Resources.At(isStyle: true, ResourceLocation.Head),
            "headscript" => page.Resources.At(isStyle: false, ResourceLocation.Head),
            "footscript" or "footer" => page.Resources.At(isStyle: false, ResourceLocation.Foot),
            "header" =>
            [
                .. page.Head.Meta, .. page.Head.Links, .. page.Resources.At(isStyle: true, ResourceLocation.Head), .. page.Resources.At(isStyle: false, ResourceLocation.Head),
            ],
            _ => [],
        };
        await writer.WriteAsync(string.Join('\n', elements)).ConfigureAwait(false);
    }
}
