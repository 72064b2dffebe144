using Cms.Core.Content;
using Fluid.Values;

namespace Cms.Platform.Theming.Shapes;

/// <summary>
/// Something that a template shows, and what the template sees as <c>Model</c>: its type, its properties and the names
/// of the templates that may show it. Templates may change it until it is rendered.
/// </summary>
public sealed class Shape(string type)
{
    private List<Shape>? _items;
    private List<string>? _alternates;
    private List<string>? _wrappers;
    private List<string>? _classes;
    private Dictionary<string, string>? _attributes;
    private Dictionary<string, FluidValue>? _properties;

    public const string Detail = "Detail";

    public string Type { get; set; } = type;

    /// <summary>How much of its content it shows; <see cref="Detail"/> unless said otherwise.</summary>
    public string DisplayType { get; set; } = Detail;

    /// <summary>What its zone knows it by (Liquid contract, section 3, differentiators).</summary>
    public string? Name { get; init; }

    /// <summary>Its place among its neighbours: dotted numbers, <c>before</c> or <c>after</c>.</summary>
    public string Position { get; set; } = "";

    public string? Tab { get; set; }

    public string? Id { get; set; }

    public string? TagName { get; set; }

    /// <summary>Other template names, the most specific last.</summary>
    public List<string> Alternates => _alternates ??= [];

    /// <summary>Templates around the shape's own, the innermost first.</summary>
    public List<string> Wrappers => _wrappers ??= [];

    public bool HasWrappers => _wrappers is { Count: > 0 };

    public List<string> Classes => _classes ??= [];

    public Dictionary<string, string> Attributes => _attributes ??= new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, FluidValue> Properties => _properties ??= new(StringComparer.OrdinalIgnoreCase);

    public FluidValue? Property(string name) => _properties?.GetValueOrDefault(name);

    /// <summary>Shapes inside it, in the order in which they were added.</summary>
    public List<Shape> Items => _items ??= [];

    public bool HasItems => _items is { Count: > 0 };

    /// <summary>What a wrapper wraps, as HTML.</summary>
    public string ChildContent { get; set; } = "";

    /// <summary>The item that the shape shows or belongs to.</summary>
    public ContentItem? ContentItem { get; set; }

    /// <summary>The part or field that the shape shows; null for shapes of other kinds.</summary>
    public DisplayedValue? Value { get; init; }

    /// <summary>The shape is that of a whole item.</summary>
    public bool IsItem => MakeZones is not null && Value is null;

    /// <summary>The zones of an item's shape, made when a template first asks for one.</summary>
    public Func<RenderScope, ShapeZones>? MakeZones { get; init; }

    private ShapeZones? _zones;

    public ShapeZones? Zones(RenderScope scope) => _zones ??= MakeZones?.Invoke(scope);

    /// <summary>How long, and for whom, the shape's HTML is kept; null where it is made anew each time.</summary>
    public Templates.CacheRequest? Cache { get; set; }

    /// <summary>The type under which its kind has prepared it, so that it does so once.</summary>
    internal string? PreparedAs { get; set; }

    public string? Text(string property) => Property(property) is { } value && !value.IsNil() ? value.ToStringValue() : null;
}

/// <summary>The zones of an item's shape: shapes of its parts and fields by zone, in the order of their positions.</summary>
public sealed class ShapeZones
{
    private readonly Dictionary<string, Shape> _zones = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone of that name, or null where nothing stands in it.</summary>
    public Shape? Find(string name) => _zones.GetValueOrDefault(name);

    public void Add(string zone, Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (!_zones.TryGetValue(zone, out var found)) _zones[zone] = found = new Shape(ZoneShape.Type) { Name = zone };
        found.Items.Add(shape);
    }

    public void Sort()
    {
        foreach (var zone in _zones.Values) ZoneShape.Sort(zone.Items);
    }
}

/// <summary>A shape that is nothing but the shapes in it.</summary>
public static class ZoneShape
{
    public const string Type = "Zone";

    public static void Sort(List<Shape> shapes)
    {
        ArgumentNullException.ThrowIfNull(shapes);
        if (shapes.Count < 2) return;
        var sorted = shapes.OrderBy(shape => shape.Position, PlacePosition.Comparer).ToList();
        shapes.Clear();
        shapes.AddRange(sorted);
    }
}
