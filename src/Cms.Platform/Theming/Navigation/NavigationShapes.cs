using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;

namespace Cms.Platform.Theming.Navigation;

/// <summary>An entry of a navigation: its text, where it leads to or null, and the entries below it.</summary>
public sealed record NavigationLink(string Text, string? Url, IReadOnlyList<NavigationLink> Links);

/// <summary>Knows navigations by name, for the shape <c>Navigation</c>.</summary>
public interface INavigationSource
{
    /// <summary>The entries that the reader may follow; null where the source has no navigation of that name.</summary>
    ValueTask<IReadOnlyList<NavigationLink>?> FindAsync(string name, RenderScope scope);
}

/// <summary>A navigation by name: <c>{% shape "Navigation", menu_name: "admin" %}</c>. Its items are the entries of the first level.</summary>
public sealed class NavigationShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["Navigation"];

    public override async ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Text("MenuName") is not { Length: > 0 } name) return;
        shape.Classes.Add($"navigation-{ShapeName.HtmlClass(name)}");
        shape.Alternates.Add($"Navigation__{ShapeName.Encode(name)}");
        var scope = RenderScope.Of(context);
        foreach (var source in scope.Service<IEnumerable<INavigationSource>>())
        {
            if (await source.FindAsync(name, scope).ConfigureAwait(false) is not { } links) continue;
            Add(shape, links, 0, name, scope.Path);
            return;
        }
    }

    private static void Add(Shape parent, IReadOnlyList<NavigationLink> links, int level, string name, string path)
    {
        foreach (var link in links)
        {
            var item = new Shape("NavigationItem");
            item.Properties["Text"] = new StringValue(link.Text);
            item.Properties["Href"] = new StringValue(link.Url ?? "");
            item.Properties["Level"] = NumberValue.Create(level);
            item.Properties["MenuName"] = new StringValue(name);
            item.Properties["Selected"] = BooleanValue.Create(link.Url == path);
            Add(item, link.Links, level + 1, name, path);
            parent.Items.Add(item);
        }
    }
}

/// <summary>An entry with those below it, and the link in it (<c>NavigationItemLink</c>, which a template makes of the entry's own shape).</summary>
public sealed class NavigationItemShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["NavigationItem", "NavigationItemLink"];

    public override ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var level = shape.Text("Level") ?? "0";
        shape.Alternates.Add($"{shape.Type}__level__{level}");
        if (shape.Text("MenuName") is not { Length: > 0 } name) return ValueTask.CompletedTask;
        shape.Alternates.Add($"{shape.Type}__{ShapeName.Encode(name)}");
        shape.Alternates.Add($"{shape.Type}__{ShapeName.Encode(name)}__level__{level}");
        return ValueTask.CompletedTask;
    }
}
