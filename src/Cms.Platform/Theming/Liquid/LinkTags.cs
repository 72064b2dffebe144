using System.Text.Encodings.Web;
using Cms.Core.Content;
using Fluid;

namespace Cms.Platform.Theming.Liquid;

/// <summary>
/// The anchor to an item or to a page of the site: <c>{% a display_for: item %}text{% enda %}</c>. Without one of its targets
/// it renders nothing, as in Orchard Core, where it is not meant for plain addresses.
/// </summary>
internal static class LinkTags
{
    private static readonly string[] Own =
        ["display_for", "edit_for", "admin_for", "remove_for", "create_for", "action", "controller", "area"];

    public static void Register(LiquidParser parser)
    {
        parser.Anchor(async (arguments, content, writer, context) =>
            await WriteAsync(arguments, await content().ConfigureAwait(false), writer, HtmlText.Encoder, context).ConfigureAwait(false));
    }

    private static async ValueTask WriteAsync(TagArguments arguments, string text, TextWriter writer, TextEncoder encoder, TemplateContext context)
    {
        var (address, item) = await TargetAsync(arguments, context).ConfigureAwait(false);
        if (address is null) return;
        if (text.Length == 0) text = encoder.Encode(item?.DisplayText ?? address);
        var attributes = arguments.Attributes(Own).Where(pair => !pair.Key.StartsWith("route_", StringComparison.OrdinalIgnoreCase) && pair.Key != "href");
        await writer.WriteAsync($"<a{HtmlText.Attributes([("href", address)])}{HtmlText.Attributes(attributes)}>{text}</a>").ConfigureAwait(false);
    }

    private static async ValueTask<(string? Address, ContentItem? Item)> TargetAsync(TagArguments arguments, TemplateContext context)
    {
        foreach (var name in Own.Take(5))
        {
            if (!arguments.Has(name)) continue;
            if (await LiquidFilters.ItemAsync(arguments.Named(name), context).ConfigureAwait(false) is not { } item) return (null, null);
            return name switch
            {
                "display_for" => (await RenderScope.Of(context).Service<ContentRoutes>().UrlAsync(item, RenderScope.Of(context).CancellationToken).ConfigureAwait(false), item),
                "create_for" => ($"/Admin/Contents/ContentTypes/{Uri.EscapeDataString(item.ContentType)}/Create", item),

                // The editor is also where an item is deleted.
                _ => ($"/Admin/Contents/ContentItems/{Uri.EscapeDataString(item.ContentItemId)}/Edit", item),
            };
        }

        return (SiteRoutes.Find(arguments), null);
    }
}
