using Cms.Core.Content;
using Cms.Core.Security;

namespace Cms.Platform.Theming;

/// <summary>
/// Content as templates may see it: published items that the reader may view. What a request has read, it reads once.
/// </summary>
public sealed class ContentAccess(IContentStore store, ICurrentUser currentUser)
{
    private readonly Dictionary<string, ContentItem?> _items = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ContentItem?> _handles = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<ContentItem>> _sets = new(StringComparer.Ordinal);
    private ContentItem? _previewed;

    /// <summary>The address that the item has by itself: its path, or its canonical address where it has none.</summary>
    public static string UrlOf(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Part("AutoroutePart")?.TextOf("Path") is { Length: > 0 } path ? "/" + path : CanonicalOf(item);
    }

    /// <summary>The address that every item has, whatever its path.</summary>
    public static string CanonicalOf(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return $"/Contents/ContentItems/{item.ContentItemId}";
    }

    public async Task<ContentItem?> ByIdAsync(string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (_items.TryGetValue(id, out var known)) return known;
        return _items[id] = Visible(await store.FindAsync(id, ContentStatus.Published, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Shows this version of an item instead of the published one for the rest of the request, to somebody who may preview it.</summary>
    public void Preview(ContentItem version)
    {
        ArgumentNullException.ThrowIfNull(version);
        _previewed = version.Copy();
        _previewed.Published = true;
        _items[version.ContentItemId] = _previewed;
    }

    public async Task<ContentItem?> ByVersionAsync(string versionId, CancellationToken cancellationToken) =>
        await store.FindVersionAsync(versionId, cancellationToken).ConfigureAwait(false) is { Published: true } item ? Visible(item) : null;

    public async Task<IReadOnlyList<ContentItem>> ByIdsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var unknown = ids.Where(id => !_items.ContainsKey(id)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (unknown.Count > 0)
        {
            var found = await store.FindManyAsync(unknown, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
            foreach (var id in unknown) _items[id] = Visible(found.GetValueOrDefault(id));
        }

        return [.. ids.Select(id => _items[id]).OfType<ContentItem>()];
    }

    /// <summary>Those of the items that a reader may see.</summary>
    public IReadOnlyList<ContentItem> Readable(IEnumerable<ContentItem> items) => [.. items.Where(item => item.Published && Visible(item) is not null).Select(Shown)];

    public async Task<IReadOnlyList<ContentItem>> QueryAsync(ContentQuery query, CancellationToken cancellationToken) =>
        Readable(await store.QueryAsync(query, cancellationToken).ConfigureAwait(false));

    /// <summary>The item behind <c>alias:x</c>, <c>slug:a/b</c> or an id.</summary>
    public async Task<ContentItem?> ByHandleAsync(string handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var separator = handle.IndexOf(':', StringComparison.Ordinal);
        if (separator < 0) return await ByIdAsync(handle, cancellationToken).ConfigureAwait(false);
        if (_handles.TryGetValue(handle, out var known)) return known;
        return _handles[handle] = handle[..separator].ToLowerInvariant() switch
        {
            "alias" => await ByUniqueAsync("AliasPart.Alias", handle[(separator + 1)..], cancellationToken).ConfigureAwait(false),
            "slug" => await ByUniqueAsync("AutoroutePart.Path", handle[(separator + 1)..].Trim('/'), cancellationToken).ConfigureAwait(false),
            _ => null,
        };
    }

    /// <summary>The set's items in all its cultures.</summary>
    public async Task<IReadOnlyList<ContentItem>> TranslationsAsync(string set, CancellationToken cancellationToken)
    {
        if (_sets.TryGetValue(set, out var known)) return known;
        var query = new ContentQuery { Filter = LocalizationFilter.InSets(set) };
        return _sets[set] = await QueryAsync(query, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ContentItem?> ByUniqueAsync(string key, string value, CancellationToken cancellationToken)
    {
        var id = await store.FindHolderAsync(key, value, cancellationToken).ConfigureAwait(false);
        if (id is null || await ByIdAsync(id, cancellationToken).ConfigureAwait(false) is not { } item) return null;

        // The value may belong to a draft only; readers must not find the item by it before it is published.
        var member = key.Split('.');
        return string.Equals(item.Part(member[0])?.TextOf(member[1]), value, StringComparison.OrdinalIgnoreCase) ? item : null;
    }

    private ContentItem Shown(ContentItem item) => _previewed is { } version && version.ContentItemId == item.ContentItemId ? version : item;

    private ContentItem? Visible(ContentItem? item) => item is not null && currentUser.User.Allows(ContentAction.View, item) ? item : null;
}
