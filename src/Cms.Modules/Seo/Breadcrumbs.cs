using Cms.Core.Content;
using Cms.Platform.Theming;
using Fluid;
using Fluid.Values;

namespace Cms.Modules.Seo;

/// <summary>The pages above an item: those whose addresses begin its own.</summary>
internal sealed class Breadcrumbs(ContentAccess content)
{
    private const int MaxDepth = 8;

    // A template and the head of the page ask for the same ones.
    private readonly Dictionary<string, IReadOnlyList<ContentItem>> _known = [];

    /// <summary>From the home page down to the item itself.</summary>
    public async Task<IReadOnlyList<ContentItem>> OfAsync(ContentItem item, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(item.ContentItemId, out var known)) return known;
        var trail = new List<ContentItem>();
        var path = ContentAccess.UrlOf(item).Trim('/');
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0 && trail.Count < MaxDepth; slash = path.IndexOf('/', slash + 1))
        {
            if (await content.ByHandleAsync("slug:" + path[..slash], cancellationToken).ConfigureAwait(false) is { } above) trail.Add(above);
        }

        trail.Add(item);
        return _known[item.ContentItemId] = trail;
    }
}

/// <summary>
/// <c>{% assign trail = item | breadcrumbs %}</c> yields the pages above an item and the item itself. Orchard Core has no such filter; there
/// <c>trail.size</c> is nil, which templates must allow for.
/// </summary>
public sealed class BreadcrumbFilter : ILiquidExtension
{
    public void Extend(TemplateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Filters.AddFilter("breadcrumbs", async (input, _, context) =>
        {
            if (input.ToObjectValue() is not ContentItem item) return NilValue.Instance;
            var scope = RenderScope.Of(context);
            return FluidValue.Create(await scope.Service<Breadcrumbs>().OfAsync(item, scope.CancellationToken).ConfigureAwait(false), context.Options);
        });
    }
}
