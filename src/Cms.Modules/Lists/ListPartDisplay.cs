using System.Globalization;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Settings;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Liquid;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;

namespace Cms.Modules.Lists;

/// <summary>What a list shows: a page of its items, and the way to the next.</summary>
public sealed class ListPartDisplay : PartDisplay
{
    public override string PartKind => nameof(ListPart);

    public override async ValueTask<FluidValue?> MemberAsync(Shape shape, string name, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var settings = shape.Value!.Definition.Part.Settings.Get<ListPartSettings>();
        switch (name)
        {
            case "ListPartSettings": return FluidValue.Create(shape.Value.Settings, context.Options);
            case "ContainedContentTypeDefinitions":
                var definitions = RenderScope.Of(context).Service<ContentDefinitionRegistry>().Current;
                return new ArrayValue([.. settings.ContainedContentTypes.Select(definitions.Type).OfType<ContentTypeDefinition>()
                    .Select(type => (FluidValue)new ObjectValue(new TypeView(type)))]);
            case "ContentItems" or "Pager":
                await LoadAsync(shape, settings, RenderScope.Of(context)).ConfigureAwait(false);
                return shape.Property(name);
            default: return null;
        }
    }

    private static async Task LoadAsync(Shape shape, ListPartSettings settings, RenderScope scope)
    {
        var request = scope.Service<IHttpContextAccessor>().HttpContext?.Request;
        var size = Math.Clamp(settings.PageSize, 1, Math.Max(1, scope.Service<SiteSettingsRegistry>().Current.MaxPageSize));
        var content = scope.Service<ContentAccess>();
        if (settings.ShowFullPager) await LoadNumberedAsync(shape, settings, size, request, scope, content).ConfigureAwait(false);
        else await LoadSlimAsync(shape, ListOrder.Of(settings), size, request, scope, content).ConfigureAwait(false);
    }

    private static async Task LoadNumberedAsync(Shape shape, ListPartSettings settings, int size, HttpRequest? request, RenderScope scope, ContentAccess content)
    {
        var query = ListOrder.Of(settings).First(shape.ContentItem!.ContentItemId);
        var page = int.TryParse(request?.Query["pagenum"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, 100_000) : 1;
        var pager = new Shape("Pager");
        pager.Properties["Page"] = NumberValue.Create(page);
        pager.Properties["PageSize"] = NumberValue.Create(size);
        pager.Properties["TotalItemCount"] = NumberValue.Create(await scope.Service<IContentStore>().CountAsync(query, scope.CancellationToken).ConfigureAwait(false));
        Show(shape, await content.QueryAsync(query with { Skip = (page - 1) * size, Take = size }, scope.CancellationToken).ConfigureAwait(false), pager);
    }

    private static async Task LoadSlimAsync(Shape shape, ListOrder order, int size, HttpRequest? request, RenderScope scope, ContentAccess content)
    {
        var (before, after) = (request?.Query["before"].ToString() ?? "", request?.Query["after"].ToString() ?? "");
        var query = order.From(shape.ContentItem!.ContentItemId, before, after);
        var found = await content.QueryAsync(query with { Take = size + 1 }, scope.CancellationToken).ConfigureAwait(false);
        var hasMore = found.Count > size;
        var items = found.Take(size).ToList();
        if (before.Length > 0) items.Reverse();
        var pager = new Shape("PagerSlim");
        if (items.Count > 0 && (before.Length > 0 ? hasMore : after.Length > 0)) pager.Properties["Before"] = new StringValue(order.Mark(items[0]));
        if (items.Count > 0 && (before.Length > 0 || hasMore)) pager.Properties["After"] = new StringValue(order.Mark(items[^1]));
        Show(shape, items, pager);
    }

    private static void Show(Shape shape, IReadOnlyList<ContentItem> items, Shape pager)
    {
        shape.Properties["ContentItems"] = new ArrayValue([.. items.Select(item => (FluidValue)new ObjectValue(item))]);
        shape.Properties["Pager"] = new ObjectValue(pager);
    }
}
