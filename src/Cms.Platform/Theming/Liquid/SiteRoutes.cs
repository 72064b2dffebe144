namespace Cms.Platform.Theming.Liquid;

/// <summary>
/// Pages of the site by the names that themes written for Orchard Core use: area, controller and action. Names that the site
/// has no page for lead nowhere.
/// </summary>
internal static class SiteRoutes
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.OrdinalIgnoreCase)
    {
        ["OrchardCore.Contents/Item/Display"] = "/Contents/ContentItems/{contentItemId}",
        ["OrchardCore.HomeRoute/Home/Index"] = "/",
        ["OrchardCore.Users/Account/Login"] = "/Login",
        ["OrchardCore.Search/Search/Search"] = "/search",
        ["OrchardCore.Search/Search/Index"] = "/search",
        ["OrchardCore.Admin/Admin/Index"] = "/Admin",
    };

    /// <summary>The address that the route arguments of a tag name, or null.</summary>
    public static string? Find(TagArguments arguments)
    {
        var action = arguments.Text("action");
        if (action.StartsWith('/') || action.StartsWith("~/", StringComparison.Ordinal)) return ThemePaths.Resolve(action);
        if (!Paths.TryGetValue($"{arguments.Text("area")}/{arguments.Text("controller")}/{action}", out var path)) return null;
        foreach (var (name, value) in arguments.Attributes())
        {
            if (!name.StartsWith("route_", StringComparison.OrdinalIgnoreCase)) continue;
            var key = "{" + TagArguments.PascalCase(name[6..]) + "}";
            path = path.Replace(key, Uri.EscapeDataString(value), StringComparison.OrdinalIgnoreCase);
        }

        return path.Contains('{', StringComparison.Ordinal) ? null : path;
    }
}
