using Cms.Core.Content;
using Fluid;

namespace Cms.Platform.Theming.Shapes;

/// <summary>An item by its handle, shown where a template asks for it: <c>{% contentitem handle: "alias:x", display_type: "Summary" %}</c>.</summary>
public sealed class ContentItemShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["ContentItem"];

    public override async ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var scope = RenderScope.Of(context);
        if (await FindAsync(shape, scope).ConfigureAwait(false) is not { } item) return;
        var shown = scope.Service<ContentShapes>().Build(item, shape.DisplayType);
        shown.Alternates.AddRange(shape.Alternates);
        shape.Alternates.Clear();
        shape.ContentItem = item;
        shape.Items.Add(shown);
    }

    /// <summary>The item that a shape's properties name by handle, alias or id.</summary>
    public static async ValueTask<ContentItem?> FindAsync(Shape shape, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(scope);
        var handle = shape.Text("Handle") ?? shape.Text("Alias") ?? shape.Text("ContentItemId");
        return string.IsNullOrEmpty(handle) ? null : await scope.Service<ContentAccess>().ByHandleAsync(handle, scope.CancellationToken).ConfigureAwait(false);
    }
}

/// <summary>The item's title as a segment of the page's title; it shows nothing itself.</summary>
public sealed class PageTitleShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["PageTitle"];

    public override ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        RenderScope.Of(context).Page.Title.Add(shape.ContentItem?.DisplayText ?? shape.Text("Title") ?? "");
        return ValueTask.CompletedTask;
    }
}
