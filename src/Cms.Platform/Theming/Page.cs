using System.Runtime.InteropServices;
using Cms.Core.Content;
using Cms.Platform.Theming.Shapes;
using Cms.Platform.Theming.Templates;
using Fluid.Values;

namespace Cms.Platform.Theming;

/// <summary>What the templates of one response gather: the title, the head's elements and the zones.</summary>
public sealed class Page
{
    private readonly Dictionary<string, int> _showing = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The item that the address names, or null on a page of the site's own.</summary>
    public ContentItem? Item { get; init; }

    /// <summary>The culture of everything around the content, where the content is in another one; null where both are the same.</summary>
    public string? ReaderCulture { get; init; }

    public PageTitle Title { get; } = new();

    public PageHead Head { get; } = new();

    public PageResources Resources { get; } = new();

    public PageZones Zones { get; } = new();

    /// <summary>Values that templates leave for each other, as <c>HttpContext.Items</c>.</summary>
    public Dictionary<string, FluidValue> Items { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The one spelling of what the page shows of what the query string asks for, empty or beginning with a question mark; null where
    /// nobody says. Readers who ask for something else are sent there, so that only so many pages exist as there are answers. Templates
    /// say it by <c>{% httpcontext_add_items UnderstoodQuery: … %}</c>, which means nothing to Orchard Core.
    /// </summary>
    public string? UnderstoodQuery
    {
        get => Items.TryGetValue(nameof(UnderstoodQuery), out var query) ? query.ToStringValue() : null;
        set => Items[nameof(UnderstoodQuery)] = value is null ? NilValue.Instance : new StringValue(value);
    }

    public RenderBudget Budget { get; } = new();

    /// <summary>The shapes that are being shown within each other, where the page goes on without those that fail; null where a failure ends it.</summary>
    internal ShownShapes? Shown { get; set; }

    /// <summary>Shapes that failed and are missing on the page.</summary>
    public int Faults { get; internal set; }

    /// <summary>How many times an item is being shown within itself at the moment.</summary>
    public int ShownWithin(string contentItemId) => _showing.GetValueOrDefault(contentItemId);

    /// <summary>Notes that an item's shape is being rendered, until the result is disposed of.</summary>
    public ItemShown Shows(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!shape.IsItem || shape.ContentItem is not { } item) return default;
        CollectionsMarshal.GetValueRefOrAddDefault(_showing, item.ContentItemId, out _)++;
        return new ItemShown(_showing, item.ContentItemId);
    }

    /// <summary>An item that is being shown.</summary>
    public readonly struct ItemShown(Dictionary<string, int> showing, string id) : IDisposable
    {
        public void Dispose()
        {
            if (showing is not null) showing[id]--;
        }
    }

    /// <summary>Counts what templates put elsewhere on the page than where they stand, and what failed.</summary>
    public int SideEffects => Title.Count + Head.Count + Resources.Count + Zones.Count + Items.Count + Faults;

    /// <summary>The page differs between readers of its address, so that no cache that they share may keep it.</summary>
    public bool IsPersonal { get; set; }

    /// <summary>Another layout than the theme's usual one, by the end of its shape name.</summary>
    public string? Layout { get; set; }

    /// <summary>What <c>render_body</c> emits.</summary>
    public string Body { get; set; } = "";
}

/// <summary>The title's segments, in the order of their positions.</summary>
public sealed class PageTitle
{
    private readonly List<(string Text, string Position)> _segments = [];

    /// <summary>The whole title, whatever else is added.</summary>
    public string? Fixed { get; set; }

    public bool IsEmpty => _segments.Count == 0;

    public int Count => _segments.Count;

    public void Add(string text, string position = "0")
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0) _segments.Add((text, position));
    }

    public string Text(string separator) =>
        Fixed ?? string.Join(separator, _segments.OrderBy(segment => segment.Position, PlacePosition.Comparer).Select(segment => segment.Text));
}

/// <summary>The layout's zones: what templates, widgets and placements put into them, in the order of its positions.</summary>
public sealed class PageZones
{
    private readonly Dictionary<string, List<ZoneEntry>> _zones = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _zones.Values.Sum(entries => entries.Count);

    public void Add(string zone, string html, string position) => Entries(zone).Add(new ZoneEntry(html, null, position));

    public void Add(string zone, Shape shape, string position) => Entries(zone).Add(new ZoneEntry("", shape, position));

    /// <summary>What stands in the zone; nothing where it is empty.</summary>
    public IReadOnlyList<ZoneEntry> In(string zone) =>
        _zones.TryGetValue(zone, out var entries) ? [.. entries.OrderBy(entry => entry.Position, PlacePosition.Comparer)] : [];

    private List<ZoneEntry> Entries(string zone)
    {
        if (!_zones.TryGetValue(zone, out var entries)) _zones[zone] = entries = [];
        return entries;
    }
}

/// <summary>HTML that is ready, or a shape that is rendered where the zone is.</summary>
public sealed record ZoneEntry(string Html, Shape? Shape, string Position);
