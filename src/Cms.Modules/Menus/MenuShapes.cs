using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Theming;
using Cms.Platform.Theming.Shapes;
using Fluid;
using Fluid.Values;

namespace Cms.Modules.Menus;

/// <summary>A menu by its handle: <c>{% shape "menu", alias: "alias:main-menu" %}</c>. Its items are the entries of the first level.</summary>
public sealed class MenuShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["Menu"];

    public override async ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var scope = RenderScope.Of(context);
        if (await ContentItemShape.FindAsync(shape, scope).ConfigureAwait(false) is not { } menu) return;
        shape.ContentItem = menu;
        shape.Classes.Add("menu");
        var differentiator = ShapeName.PascalCase(menu.DisplayText ?? "");
        shape.Properties["MenuName"] = new StringValue(menu.DisplayText ?? "");
        shape.Properties["Differentiator"] = new StringValue(differentiator);
        if (differentiator.Length > 0)
        {
            shape.Alternates.Add($"Menu__{ShapeName.Encode(differentiator)}");
            shape.Classes.Add($"menu-{ShapeName.HtmlClass(differentiator)}");
        }

        await MenuEntries.AddAsync(shape, menu.Part(nameof(MenuItemsListPart))?["MenuItems"], 0, differentiator, scope).ConfigureAwait(false);
    }
}

/// <summary>An entry of a menu with those below it, and the link in it (<c>MenuItemLink</c>, which a template makes of the entry's own shape).</summary>
public sealed class MenuItemShape : ShapeKind
{
    public override IReadOnlyCollection<string> Types { get; } = ["MenuItem", "MenuItemLink"];

    public override async ValueTask PrepareAsync(Shape shape, TemplateContext context)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.ContentItem is not { } entry) return;
        var level = int.TryParse(shape.Text("Level"), out var stated) ? stated : 0;
        var differentiator = shape.Text("Differentiator") ?? "";
        if (shape.Type == "MenuItem")
            await MenuEntries.AddAsync(shape, entry.Part(nameof(MenuItemsListPart))?["MenuItems"], level + 1, differentiator, RenderScope.Of(context)).ConfigureAwait(false);
        shape.Alternates.AddRange(LevelAlternates.Of(shape.Type, entry.ContentType, level, differentiator));
    }
}

internal static class MenuEntries
{
    /// <summary>Levels of a menu; deeper entries are not shown.</summary>
    public const int MaxLevels = 10;

    public static async ValueTask AddAsync(Shape parent, JsonNode? entries, int level, string differentiator, RenderScope scope)
    {
        if (level >= MaxLevels || parent.HasItems) return;
        foreach (var item in await ShownAsync(entries, scope).ConfigureAwait(false))
        {
            var shape = new Shape("MenuItem") { ContentItem = item };
            shape.Properties["Level"] = NumberValue.Create(level);
            shape.Properties["Menu"] = parent.Type == "MenuItem" ? parent.Property("Menu") ?? NilValue.Instance : new ObjectValue(parent);
            shape.Properties["Differentiator"] = new StringValue(differentiator);
            parent.Items.Add(shape);
        }
    }

    /// <summary>The entries that the reader may see.</summary>
    public static async ValueTask<IReadOnlyList<ContentItem>> ShownAsync(JsonNode? entries, RenderScope scope)
    {
        var items = NestedContent.Items(entries).ToList();
        await LoadChosenAsync(items, scope).ConfigureAwait(false);
        var shown = new List<ContentItem>();
        foreach (var item in items)
        {
            if (await IsShownAsync(item, scope).ConfigureAwait(false)) shown.Add(item);
        }

        return shown;
    }

    /// <summary>The items that entries lead to, read at once.</summary>
    private static async Task LoadChosenAsync(IEnumerable<ContentItem> entries, RenderScope scope)
    {
        var ids = entries.Select(ChosenId).OfType<string>().ToList();
        if (ids.Count > 1) await scope.Service<ContentAccess>().ByIdsAsync(ids, scope.CancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<bool> IsShownAsync(ContentItem entry, RenderScope scope)
    {
        var user = scope.Service<ICurrentUser>().User;
        var permissions = entry.Part(nameof(MenuItemPermissionPart))?.TextsOf("PermissionNames") ?? [];
        if (permissions.Count > 0 && !user.IsAdministrator && !permissions.Any(user.Permissions.Contains)) return false;
        if (ChosenId(entry) is not { } id || entry.Part("ContentMenuItemPart")?.FlagOf("CheckContentPermissions") != true) return true;
        return await scope.Service<ContentAccess>().ByIdAsync(id, scope.CancellationToken).ConfigureAwait(false) is not null;
    }

    public static string? ChosenId(ContentItem entry) =>
        entry.Part("ContentMenuItemPart")?["SelectedContentItem"] is JsonObject chosen ? chosen.TextsOf("ContentItemIds") is [var id, ..] ? id : null : null;
}
