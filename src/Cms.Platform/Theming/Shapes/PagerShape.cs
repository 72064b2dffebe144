using System.Globalization;
using Cms.Core.Content;
using Cms.Platform.Caching;
using Fluid;
using Fluid.Values;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Cms.Platform.Theming.Shapes;

/// <summary>
/// The way through a long list: <c>PagerSlim</c> leads to the neighbours of the page by <c>before</c> and <c>after</c>,
/// <c>Pager</c> to pages by number (Liquid contract, section 3).
/// </summary>
public sealed class PagerShape : ShapeKind
{
    /// <summary>Pages named on either side of the current one.</summary>
    private const int Around = 3;

    public override IReadOnlyCollection<string> Types { get; } = ["Pager", "PagerSlim"];

    public override ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Text("PagerId") is { Length: > 0 } id) shape.Alternates.Add($"{shape.Type}__{ShapeName.Encode(id)}");
        var request = RenderScope.Of(context).Service<IHttpContextAccessor>().HttpContext?.Request;
        if (shape.Type == "PagerSlim") PrepareSlim(shape, request);
        else PrepareFull(shape, request);
        return ValueTask.CompletedTask;
    }

    private static void PrepareSlim(Shape shape, HttpRequest? request)
    {
        var links = new List<Dictionary<string, object>>();
        if (shape.Text("Before") is { Length: > 0 } before) links.Add(Link(shape, "Previous", "prev", Address(request, ("before", before), ("after", null))));
        if (shape.Text("After") is { Length: > 0 } after) links.Add(Link(shape, "Next", "next", Address(request, ("after", after), ("before", null))));
        Finish(shape, links);
    }

    private static void PrepareFull(Shape shape, HttpRequest? request)
    {
        var size = Math.Max(1, Number(shape, "PageSize", 10));
        var last = Math.Max(1, (Number(shape, "TotalItemCount", 0) + size - 1) / size);
        var current = Math.Clamp(Number(shape, "Page", 1), 1, last);
        var links = new List<Dictionary<string, object>>();
        if (current > 1) links.Add(Link(shape, "Previous", "prev", Page(request, current - 1)));
        for (var page = Math.Max(1, current - Around); page <= Math.Min(last, current + Around) && last > 1; page++)
        {
            var link = Link(shape, page.ToString(CultureInfo.InvariantCulture), "", Page(request, page));
            if (page == current) link["IsCurrent"] = true;
            links.Add(link);
        }

        if (current < last) links.Add(Link(shape, "Next", "next", Page(request, current + 1)));
        Finish(shape, links);
    }

    private static Dictionary<string, object> Link(Shape shape, string name, string rel, string address) => new()
    {
        ["Url"] = address,
        ["Rel"] = rel,
        ["Name"] = name,
        ["Text"] = shape.Text(name + "Text") ?? "",
        ["Class"] = shape.Text(name + "Class") ?? "",
    };

    /// <summary>Tells the template which link is the first and which the last.</summary>
    private static void Finish(Shape shape, List<Dictionary<string, object>> links)
    {
        for (var i = 0; i < links.Count; i++) links[i]["Place"] = i == 0 ? "first" : i == links.Count - 1 ? "last" : "";
        shape.Properties["Links"] = new ArrayValue([.. links.Select(link => FluidValue.Create(link, TemplateOptions.Default))]);
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
