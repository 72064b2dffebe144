using System.Text.Encodings.Web;
using Cms.Platform.Theming.Templates;
using Fluid;

namespace Cms.Platform.Theming.Liquid;

/// <summary>Tags by which templates keep parts of pages: <c>{% cache "id", contexts: "user, query", expires_after: "0:05:00" %}</c>.</summary>
internal static class CacheTags
{
    public static void Register(LiquidParser parser)
    {
        parser.Block("cache", CacheAsync);

        // Whatever changes in the site drops all that was kept, so that a dependency has nothing to add.
        parser.Tag("cache_dependency", (_, _, _, _) => ValueTask.CompletedTask);
        parser.Tag("cache_expires_on", (arguments, _, _, context) => Expire(context, entry => entry.ExpiresOn(arguments.At(0))));
        parser.Tag("cache_expires_after", (arguments, _, _, context) => Expire(context, entry => entry.ExpiresAfter(arguments.Text(0))));
        parser.Tag("cache_expires_sliding", (arguments, _, _, context) => Expire(context, entry => entry.ExpiresSliding(arguments.Text(0))));
    }

    private static async ValueTask CacheAsync(TagArguments arguments, Func<ValueTask<string>> content, TextWriter writer, TemplateContext context)
    {
        var scope = RenderScope.Of(context);
        var request = CacheRequest.Of(arguments, "", context);
        var html = request is null ? await content().ConfigureAwait(false)
            : await scope.Service<TemplateCache>().GetAsync(request, scope, content).ConfigureAwait(false);
        await writer.WriteAsync(html).ConfigureAwait(false);
    }

    private static ValueTask Expire(TemplateContext context, Action<CacheRequest> change)
    {
        if (RenderScope.Of(context).Service<TemplateCache>().Making is { } entry) change(entry);
        return ValueTask.CompletedTask;
    }
}
