using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Caching;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Localization;

namespace Cms.Platform.Theming.Shapes;

/// <summary>
/// The way through a long list: <c>PagerSlim</c> leads to the neighbours of the page by <c>before</c> and <c>after</c>,
/// <c>Pager</c> to pages by number (Liquid contract, section 3). Templates turn both into <c>Pager_Links</c>, whose items are
/// shapes of their own: <c>Pager_Previous</c>, <c>Pager_Link</c> and so on.
/// </summary>
public sealed class PagerShape : ShapeKind
{
    /// <summary>Pages named on either side of the current one.</summary>
    private const int Around = 3;

    public override IReadOnlyCollection<string> Types { get; } = ["Pager", "PagerSlim", "Pager_Links"];

    public override ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(context);
        PagerItemShape.AddAlternate(shape);
        if (shape.HasItems) return ValueTask.CompletedTask;
        var pager = new Links(shape, RenderScope.Of(context), shape.Text("PagerId") ?? "");
        if (shape.Type == "PagerSlim") pager.AddNeighbours();
        else pager.AddPages(Around);
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds the items of a pager.</summary>
    private sealed class Links(Shape pager, RenderScope scope, string id)
    {
        private readonly HttpRequest? _request = scope.Service<IHttpContextAccessor>().HttpContext?.Request;
        private readonly IStringLocalizer _texts = scope.Service<IStringLocalizerFactory>().Create("", "");

        public void AddNeighbours()
        {
            if (pager.Text("Before") is { Length: > 0 } before) Add("Previous", "prev", Address(_request, ("before", before), ("after", null)));
            if (pager.Text("After") is { Length: > 0 } after) Add("Next", "next", Address(_request, ("after", after), ("before", null)));
            MarkEnds();
        }

        public void AddPages(int around)
        {
            var size = Math.Max(1, Number(pager, "PageSize", 10));
            var last = Math.Max(1, (Number(pager, "TotalItemCount", 0) + size - 1) / size);
            var current = Math.Clamp(Number(pager, "Page", 1), 1, last);
            var (from, to) = (Math.Max(1, current - around), Math.Min(last, current + around));
            if (from > 1) Add("First", "", Page(_request, 1));
            if (current > 1) Add("Previous", "prev", Page(_request, current - 1));
            if (from > 2) pager.Items.Add(Item("Gap"));
            for (var page = from; page <= to && last > 1; page++) AddPage(page, page == current);
            if (to < last - 1) pager.Items.Add(Item("Gap"));
            if (current < last) Add("Next", "next", Page(_request, current + 1));
            if (to < last) Add("Last", "", Page(_request, last));
            MarkEnds();
        }

        private void AddPage(int page, bool isCurrent)
        {
            var item = Item(isCurrent ? "CurrentPage" : "Link");
            item.Properties["Url"] = new StringValue(Page(_request, page));
            item.Properties["Value"] = new StringValue(page.ToString(CultureInfo.InvariantCulture));
            item.Properties["IsCurrent"] = BooleanValue.Create(isCurrent);
            pager.Items.Add(item);
        }

        /// <summary>A link with a name, whose text and class the pager's properties may state.</summary>
        private void Add(string name, string rel, string url)
        {
            var item = Item(name);
            item.Properties["Url"] = new StringValue(url);
            item.Properties["Rel"] = new StringValue(rel);
            item.Properties["Value"] = new StringValue(pager.Text(name + "Text") is { Length: > 0 } text ? text : _texts[name].Value);
            item.Properties["Class"] = new StringValue(pager.Text(name + "Class") ?? "");
            pager.Items.Add(item);
        }

        private Shape Item(string name)
        {
            var item = new Shape("Pager_" + name) { Name = name };
            if (id.Length > 0) item.Properties["PagerId"] = new StringValue(id);
            return item;
        }

        /// <summary>Tells the template which item is the first and which the last.</summary>
        private void MarkEnds()
        {
            if (!pager.HasItems) return;
            pager.Items[^1].Properties["Place"] = new StringValue("last");
            pager.Items[0].Properties["Place"] = new StringValue("first");
        }
    }

    private static string Page(HttpRequest? request, int page) => Address(request, ("pagenum", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null));

    /// <summary>The page's own address with some parameters replaced.</summary>
    private static string Address(HttpRequest? request, params ReadOnlySpan<(string Name, string? Value)> changes)
    {
        var query = new QueryBuilder();
        var names = new List<string>();
        foreach (var (name, _) in changes) names.Add(name);
        foreach (var (name, values) in request is null ? [] : ObservedQuery.ReadOf(request))
        {
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase)) query.Add(name, values.Select(value => value ?? ""));
        }

        foreach (var (name, value) in changes)
        {
            if (value is not null) query.Add(name, value);
        }

        return (request?.Path.ToUriComponent() ?? "/") + query.ToQueryString().ToUriComponent();
    }

    private static int Number(Shape shape, string name, int otherwise) =>
        JsonValues.ParseNumber(shape.Text(name)) is { } number && number is >= 0 and <= int.MaxValue ? (int)number : otherwise;
}

/// <summary>A part of a pager, which templates turn into the plain <c>Pager_Link</c>.</summary>
public sealed class PagerItemShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["Pager_First", "Pager_Previous", "Pager_Next", "Pager_Last", "Pager_CurrentPage", "Pager_Gap", "Pager_Link"];

    public override ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        AddAlternate(shape);
        return ValueTask.CompletedTask;
    }

    /// <summary>The shape's name for pagers of one id only.</summary>
    internal static void AddAlternate(Shape shape)
    {
        if (shape.Text("PagerId") is { Length: > 0 } id) shape.Alternates.Add($"{shape.Type}__{ShapeName.Encode(id)}");
    }
}
