using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Security;
using Cms.Platform.Localization;

namespace Cms.Platform.Admin.Navigation;

/// <summary>A link: <c>{"LinkText","LinkUrl"}</c>, local or to another site.</summary>
public sealed class LinkAdminNode : IAdminMenuNode
{
    public string Name => nameof(LinkAdminNode);

    public Task<IEnumerable<AdminLink>> LinksAsync(JsonObject node, IReadOnlyList<AdminLink> links, CmsUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<AdminLink>>(node.TextOf("LinkText") is { Length: > 0 } text ? [new AdminLink(text, Address(node.TextOf("LinkUrl") ?? ""), [.. links])] : []);

    /// <summary>Null for what is no address that a browser may follow, such as script.</summary>
    private static string? Address(string url)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var absolute) && !url.StartsWith('/')) return absolute.Scheme is "http" or "https" ? url : null;
        return "/" + url.TrimStart('~').TrimStart('/', '\\');
    }
}

/// <summary>A heading over other entries: <c>{"LinkText"}</c>.</summary>
public sealed class PlaceholderAdminNode : IAdminMenuNode
{
    public string Name => nameof(PlaceholderAdminNode);

    public Task<IEnumerable<AdminLink>> LinksAsync(JsonObject node, IReadOnlyList<AdminLink> links, CmsUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IEnumerable<AdminLink>>(links.Count > 0 ? [new AdminLink(node.TextOf("LinkText") ?? "", null, [.. links])] : []);
}

/// <summary>The list of each content type, of all that are listed or of those named: <c>{"ShowAll","ContentTypes":[{"ContentTypeId"}]}</c>.</summary>
public sealed class ContentTypesAdminNode(ContentDefinitionRegistry definitions, DataTranslations translations) : IAdminMenuNode
{
    public string Name => nameof(ContentTypesAdminNode);

    public Task<IEnumerable<AdminLink>> LinksAsync(JsonObject node, IReadOnlyList<AdminLink> links, CmsUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(node);
        var named = (node["ContentTypes"] as JsonArray ?? []).OfType<JsonObject>().Select(entry => definitions.Current.Type(entry.TextOf("ContentTypeId"))).OfType<ContentTypeDefinition>();
        var listed = definitions.Current.Types.Where(type => type is { IsOrdinary: true, TypeSettings.Listable: true });
        var types = node.FlagOf("ShowAll") ? listed.OrderBy(translations.NameOf, StringComparer.CurrentCultureIgnoreCase) : named;
        return Task.FromResult(types.Where(type => user.Allows(ContentAction.List, type))
            .Select(type => new AdminLink(translations.NameOf(type), $"/Admin/Contents/ContentItems?type={Uri.EscapeDataString(type.Name)}")).Concat(links));
    }
}

/// <summary>Each item of a type that holds a list, such as every blog: <c>{"ListContentType","AddContentTypeAsParent"}</c>.</summary>
public sealed class ListsAdminNode(IContentStore store, ContentDefinitionRegistry definitions, DataTranslations translations) : IAdminMenuNode
{
    /// <summary>A menu with more entries than this is of no use; the rest is found in the list of content.</summary>
    private const int MaxItems = 20;

    public string Name => nameof(ListsAdminNode);

    public async Task<IEnumerable<AdminLink>> LinksAsync(JsonObject node, IReadOnlyList<AdminLink> links, CmsUser user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (definitions.Current.Type(node.TextOf("ListContentType")) is not { } type) return links;
        var query = new ContentQuery { ContentTypes = [type.Name], Status = ContentStatus.Latest, Take = MaxItems };
        var items = (await store.QueryAsync(query, cancellationToken).ConfigureAwait(false)).Where(item => user.Allows(ContentAction.Edit, item))
            .Select(item => new AdminLink(item.DisplayText ?? item.ContentItemId, $"/Admin/Contents/ContentItems/{item.ContentItemId}/Edit")).Concat(links);
        return node.FlagOf("AddContentTypeAsParent") ? [new AdminLink(translations.NameOf(type), null, [.. items])] : items;
    }
}
