using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Cms.Platform.Localization;
using Cms.Platform.Storage;

namespace Cms.Platform.Admin.Navigation;

/// <summary>One kind of entry of a stored admin menu (recipes contract, step <c>AdminMenu</c>), found by the class name in its <c>$type</c>.</summary>
public interface IAdminMenuNode
{
    /// <summary>The contract's class name, such as <c>LinkAdminNode</c>.</summary>
    string Name { get; }

    /// <param name="node">The node as stored.</param>
    /// <param name="links">What the nodes below it came to.</param>
    /// <param name="user">Who sees the menu.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    Task<IEnumerable<AdminLink>> LinksAsync(JsonObject node, IReadOnlyList<AdminLink> links, CmsUser user, CancellationToken cancellationToken);
}

/// <summary>The menus that the step <c>AdminMenu</c> stored: enabled ones, with what their reader may follow.</summary>
public sealed class AdminMenus(SiteDocuments documents, IEnumerable<IAdminMenuNode> kinds, DataTranslations translations) : IAdminNavigation
{
    public const string Document = "AdminMenu";

    private const int MaxDepth = 10;

    private readonly Dictionary<string, IAdminMenuNode> _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    public int Order => 100;

    public async Task<IReadOnlyList<AdminLink>> LinksAsync(CmsUser user, CancellationToken cancellationToken)
    {
        var menus = await documents.ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false);
        var links = new List<AdminLink>();
        foreach (var menu in menus.Select(entry => entry.Value).OfType<JsonObject>().Where(IsEnabled))
            links.AddRange(await LinksAsync(menu["MenuItems"] as JsonArray, menu.TextOf("Name") ?? "", user, 0, cancellationToken).ConfigureAwait(false));
        return links;
    }

    /// <summary>The class name at the end of a <c>$type</c>, which may carry a namespace and an assembly.</summary>
    public static string KindOf(JsonObject node) => (node.TextOf("$type") ?? "").Split(',')[0].Split('.')[^1].Trim();

    private async Task<List<AdminLink>> LinksAsync(JsonArray? nodes, string menu, CmsUser user, int depth, CancellationToken cancellationToken)
    {
        var links = new List<AdminLink>();
        if (depth > MaxDepth) return links;
        foreach (var node in (nodes ?? []).OfType<JsonObject>().Where(node => IsEnabled(node) && MaySee(node, user)))
        {
            if (!_kinds.TryGetValue(KindOf(node), out var kind)) continue;
            var below = await LinksAsync(node["Items"] as JsonArray, menu, user, depth + 1, cancellationToken).ConfigureAwait(false);
            links.AddRange(await kind.LinksAsync(Translated(node, menu), below, user, cancellationToken).ConfigureAwait(false));
        }

        return links;
    }

    /// <summary>The node with its text in the editor's language, as the menu or as all menus have it.</summary>
    private JsonObject Translated(JsonObject node, string menu)
    {
        if (node.TextOf("LinkText") is not { Length: > 0 } text) return node;
        var own = translations.Find($"Admin Menus:{menu}", text);
        var translated = own == text ? translations.Find("Admin Menus", text) : own;
        if (translated == text) return node;
        var copy = (JsonObject)node.DeepClone();
        copy["LinkText"] = translated;
        return copy;
    }

    private static bool IsEnabled(JsonObject entry) => !entry.ContainsKey("Enabled") || entry.FlagOf("Enabled");

    private static bool MaySee(JsonObject node, CmsUser user) => user.IsAdministrator || node.TextsOf("PermissionNames").All(user.Permissions.Contains);
}
