using Cms.Core.Content;
using Cms.Core.Security;

namespace Cms.Platform.Theming;

/// <summary>Content as templates may see it: published items that the reader may view.</summary>
public sealed class ContentAccess(IContentStore store, ICurrentUser currentUser)
{
    /// <summary>Where the item is shown; its canonical address where it has no path.</summary>
    public static string UrlOf(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Part("AutoroutePart")?.TextOf("Path") is { Length: > 0 } path ? "/" + path : $"/Contents/ContentItems/{item.ContentItemId}";
    }

    public async Task<ContentItem?> ByIdAsync(string id, CancellationToken cancellationToken) =>
        Visible(await store.FindAsync(id, ContentStatus.Published, cancellationToken).ConfigureAwait(false));

    public async Task<IReadOnlyList<ContentItem>> ByIdsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var found = await store.FindManyAsync(ids, ContentStatus.Published, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => found.GetValueOrDefault(id)).Where(item => Visible(item) is not null).Select(item => item!)];
    }

    /// <summary>The item behind <c>alias:x</c>, <c>slug:a/b</c> or an id.</summary>
    public async Task<ContentItem?> ByHandleAsync(string handle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(handle);
        var separator = handle.IndexOf(':', StringComparison.Ordinal);
        return (separator < 0 ? "" : handle[..separator].ToLowerInvariant()) switch
        {
            "alias" => await ByUniqueAsync("AliasPart.Alias", handle[(separator + 1)..], cancellationToken).ConfigureAwait(false),
            "slug" => await ByUniqueAsync("AutoroutePart.Path", handle[(separator + 1)..].Trim('/'), cancellationToken).ConfigureAwait(false),
            _ => await ByIdAsync(handle, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>The set's items in all its cultures.</summary>
    public async Task<IReadOnlyList<ContentItem>> TranslationsAsync(string set, CancellationToken cancellationToken)
    {
        var query = new ContentQuery { Filter = LocalizationFilter.InSets(set) };
        var found = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return [.. found.Where(item => Visible(item) is not null)];
    }

    private async Task<ContentItem?> ByUniqueAsync(string key, string value, CancellationToken cancellationToken)
    {
        var id = await store.FindHolderAsync(key, value, cancellationToken).ConfigureAwait(false);
        if (id is null || await ByIdAsync(id, cancellationToken).ConfigureAwait(false) is not { } item) return null;

        // The value may belong to a draft only; readers must not find the item by it before it is published.
        var member = key.Split('.');
        return string.Equals(item.Part(member[0])?.TextOf(member[1]), value, StringComparison.OrdinalIgnoreCase) ? item : null;
    }

    private ContentItem? Visible(ContentItem? item) => item is not null && currentUser.User.Allows(ContentAction.View, item) ? item : null;
}
