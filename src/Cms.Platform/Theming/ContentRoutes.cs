using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Caching;
using Cms.Platform.Settings;
using Cms.Platform.Theming.Shapes;

namespace Cms.Platform.Theming;

/// <summary>Says in which item another is nested, where the nested one knows.</summary>
public interface IContainedContent
{
    /// <summary>The id of the containing item, or null.</summary>
    string? ContainerOf(ContentItem item);
}

/// <summary>Addresses of content: from items to addresses, and back.</summary>
public sealed class ContentRoutes(ContentAccess content, HomePage home, IEnumerable<IContainedContent> containers)
{
    private const string Part = "AutoroutePart";

    /// <summary>Parts of a path that may name a container; longer addresses are no content.</summary>
    private const int MaxSegments = 12;

    /// <summary>Where the item is shown: the home page at the root, others at their path, and those without at their canonical address.</summary>
    public async ValueTask<string> UrlAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (item.LocalizationSet is null or "" && item.ContentItemId == await home.FindIdAsync(content, cancellationToken).ConfigureAwait(false)) return "/";
        var route = item.Part(Part);
        if (Path(route) is not { } path) return ContentAccess.CanonicalOf(item);
        if (item.DocumentId > 0 || route!.FlagOf("Absolute")) return "/" + path;
        if (containers.Select(source => source.ContainerOf(item)).FirstOrDefault(id => !string.IsNullOrEmpty(id)) is not { } containerId) return "/" + path;
        var container = await content.ByIdAsync(containerId, cancellationToken).ConfigureAwait(false);
        return container is not null && Routes(container) is { } parent ? $"/{parent}/{path}" : ContentAccess.CanonicalOf(item);
    }

    /// <summary>The item at a path, which may be nested in one that gives its contained items addresses.</summary>
    public async Task<ContentItem?> FindAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var wanted = path.Trim('/');
        if (wanted.Length == 0) return null;
        if (await content.ByHandleAsync("slug:" + wanted, cancellationToken).ConfigureAwait(false) is { } item) return Path(item.Part(Part)) is null ? null : item;
        if (wanted.Count(letter => letter == '/') >= MaxSegments) return null;
        for (var cut = wanted.LastIndexOf('/'); cut > 0; cut = wanted.LastIndexOf('/', cut - 1))
        {
            var container = await content.ByHandleAsync("slug:" + wanted[..cut], cancellationToken).ConfigureAwait(false);
            if (container is not null && Routes(container) is { } parent && Nested(container, parent, wanted) is { } found) return found;
        }

        return null;
    }

    private static ContentItem? Nested(ContentItem container, string parent, string wanted)
    {
        foreach (var json in NestedContent.All(container.Content))
        {
            if (json[Part] is not JsonObject route || Path(route) is not { } path) continue;
            var address = route.FlagOf("Absolute") ? path : $"{parent}/{path}";
            if (string.Equals(address, wanted, StringComparison.OrdinalIgnoreCase)) return NestedContent.Item(json);
        }

        return null;
    }

    /// <summary>The path below which the item's contained items have theirs; null where they have none.</summary>
    private static string? Routes(ContentItem container) => container.Part(Part) is { } route && route.FlagOf("RouteContainedItems") ? Path(route) : null;

    private static string? Path(JsonObject? route) => route is not null && !route.FlagOf("Disabled") && route.TextOf("Path") is { Length: > 0 } path ? path.Trim('/') : null;
}

/// <summary>
/// Which item the home page is: the one published last of those that want to be, or the one that the settings name.
/// </summary>
public sealed class HomePage(SiteSettingsRegistry settings, SiteVersion version)
{
    private static readonly IndexedField SetHomepage = new("AutoroutePart.SetHomepage", MemberType.Boolean);

    private Answer? _known;

    public async ValueTask<string?> FindIdAsync(ContentAccess content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var now = version.Current;
        if (Volatile.Read(ref _known) is { } known && known.Version == now) return known.Id;
        var query = new ContentQuery
        {
            Filter = new Compare(SetHomepage, Comparison.In, true),
            Order = [new ContentOrder(new EnvelopeField("PublishedUtc", MemberType.DateTime), Descending: true)],
            Take = 1,
        };
        var wanting = await content.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        var id = wanting.Count > 0 ? wanting[0].ContentItemId : settings.Current.Properties["HomeRoute"]?["ContentItemId"]?.ToString();
        Volatile.Write(ref _known, new Answer(now, id));
        return id;
    }

    private sealed record Answer(long Version, string? Id);
}
