using System.Security.Cryptography;
using System.Text;

namespace Cms.Platform.Theming;

/// <summary>Where a resource is emitted. Styles are always in the head.</summary>
public enum ResourceLocation
{
    Foot,
    Head,
    Inline,
}

/// <summary>A style sheet or a script that a template asked for.</summary>
/// <param name="Name">What others depend on it by; empty for one that nobody names.</param>
/// <param name="Html">The element; empty for a name that no template has given an address yet.</param>
public sealed record PageResource(bool IsStyle, string Name, ResourceLocation Location, string Html, IReadOnlyList<string> DependsOn);

/// <summary>
/// Style sheets and scripts of a page: each once, after those that it depends on. Blocks of style or script inside the page
/// are allowed one by one, by their hashes in the content security policy.
/// </summary>
public sealed class PageResources
{
    private readonly List<PageResource> _resources = [];
    private readonly HashSet<string> _styleHashes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _scriptHashes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> StyleHashes => _styleHashes;

    public IReadOnlyCollection<string> ScriptHashes => _scriptHashes;

    public int Count => _resources.Count + _styleHashes.Count + _scriptHashes.Count;

    public void Add(PageResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        var known = resource.Name.Length == 0 ? -1 : _resources.FindIndex(other => Is(other, resource.IsStyle, resource.Name));
        if (known < 0) _resources.Add(resource);
        else if (_resources[known].Html.Length == 0) _resources[known] = resource;
    }

    /// <summary>Lets the block run although the page allows nothing inline.</summary>
    public void Allow(bool isStyle, string block)
    {
        var hash = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)))}'";
        (isStyle ? _styleHashes : _scriptHashes).Add(hash);
    }

    /// <summary>The elements of a location, in an order in which nothing comes before what it depends on.</summary>
    public IReadOnlyList<string> At(bool isStyle, ResourceLocation location)
    {
        var ordered = new List<PageResource>();
        foreach (var resource in _resources.Where(resource => resource.IsStyle == isStyle)) Visit(resource, ordered, []);
        return [.. ordered.Where(resource => isStyle || resource.Location == location).Select(resource => resource.Html).Where(html => html.Length > 0).Distinct()];
    }

    private void Visit(PageResource resource, List<PageResource> ordered, HashSet<PageResource> visiting)
    {
        if (ordered.Contains(resource) || !visiting.Add(resource)) return;
        foreach (var name in resource.DependsOn)
        {
            if (_resources.Find(other => Is(other, resource.IsStyle, name)) is { } needed) Visit(needed, ordered, visiting);
        }

        ordered.Add(resource);
    }

    private static bool Is(PageResource resource, bool isStyle, string name) =>
        resource.IsStyle == isStyle && string.Equals(resource.Name, name, StringComparison.OrdinalIgnoreCase);
}
