using System.Text.Encodings.Web;
using Fluid;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace Cms.Platform.Theming.Liquid;

/// <summary>
/// Forms and their elements. An element that no tag helper would claim, because nothing says which value it is for, renders
/// nothing.
/// </summary>
internal static class FormTags
{
    private static readonly string[] Elements = ["input", "textarea", "select", "label", "span", "div"];

    private static readonly string[] Routing = ["action", "controller", "area", "method"];

    public static void Register(LiquidParser parser)
    {
        parser.Block("form", FormAsync);
        parser.Tag("antiforgerytoken", async (_, writer, _, context) => await writer.WriteAsync(Token(context)).ConfigureAwait(false));
        parser.Tag("helper", (arguments, writer, encoder, _) => ElementAsync(arguments, "", writer));
        parser.Block("block", async (arguments, content, writer, context) =>
            await ElementAsync(arguments, await content().ConfigureAwait(false), writer).ConfigureAwait(false));
    }

    private static async ValueTask FormAsync(TagArguments arguments, Func<ValueTask<string>> content, TextWriter writer, TemplateContext context)
    {
        var method = arguments.Has("method") ? arguments.Text("method").ToLowerInvariant() : "post";
        var attributes = arguments.Attributes(Routing).Where(pair => !pair.Key.StartsWith("route_", StringComparison.OrdinalIgnoreCase));
        var action = SiteRoutes.Find(arguments) ?? RenderScope.Of(context).Path;
        var token = method == "post" ? Token(context) : "";
        var inner = await content().ConfigureAwait(false);
        await writer.WriteAsync($"<form{HtmlText.Attributes([("action", action), ("method", method)])}{HtmlText.Attributes(attributes)}>{inner}{token}</form>").ConfigureAwait(false);
    }

    private static string Token(TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        if (scope.Service<IHttpContextAccessor>().HttpContext is not { Response.HasStarted: false } http) return "";
        var tokens = scope.Service<IAntiforgery>().GetAndStoreTokens(http);
        return $"<input{HtmlText.Attributes([("name", tokens.FormFieldName), ("type", "hidden"), ("value", tokens.RequestToken ?? "")])} />";
    }

    private static async ValueTask ElementAsync(TagArguments arguments, string content, TextWriter writer)
    {
        var element = arguments.Text(0).ToLowerInvariant();
        var name = arguments.Text("for");
        var validates = arguments.Has("validation_for") || arguments.Has("validation_summary");
        if (!Elements.Contains(element) || (name.Length == 0 && !validates)) return;
        var attributes = arguments.Attributes("for", "validation_for", "validation_summary").ToList();
        if (element == "label") attributes.Insert(0, KeyValuePair.Create("for", name));
        else if (name.Length > 0) attributes.InsertRange(0, [KeyValuePair.Create("id", name.Replace('.', '_')), KeyValuePair.Create("name", name)]);
        if (element == "input" && !arguments.Has("type")) attributes.Add(KeyValuePair.Create("type", "text"));
        if (element == "label" && content.Length == 0) content = HtmlText.Encoder.Encode(name);
        var end = element == "input" ? " />" : $">{content}</{element}>";
        await writer.WriteAsync($"<{element}{HtmlText.Attributes(attributes)}{end}").ConfigureAwait(false);
    }
}
