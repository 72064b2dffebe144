using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Core.Fields;
using Fluid.Values;

namespace Cms.Platform.Theming.Shapes;

/// <summary>Makes the shapes of content items. An item's parts and fields get theirs when a template asks for one of its zones.</summary>
public sealed class ContentShapes(ContentModel model, IEnumerable<PartDisplay> displays)
{
    private readonly Dictionary<string, PartDisplay> _displays = displays.ToDictionary(display => display.PartKind, StringComparer.OrdinalIgnoreCase);

    // A changed definition is another object, so that plans made from the old one are never found again.
    private readonly ConditionalWeakTable<ContentTypeDefinition, ConcurrentDictionary<string, IReadOnlyList<PlannedPart>>> _plans = [];

    /// <summary>Display types that a site may have plans for; more are worked out each time, so that addresses can't fill the memory.</summary>
    private const int MaxPlans = 20;

    private const string Wrapper = "Widget_Wrapper";

    public Shape Build(ContentItem item, string displayType = Shape.Detail)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(displayType);
        if (displayType.Length == 0) displayType = Shape.Detail;
        var type = model.Definitions.Type(item.ContentType);
        var stereotype = type?.TypeSettings.Stereotype;
        Shape? shape = null;
        shape = new Shape(string.IsNullOrEmpty(stereotype) ? "Content" : stereotype)
        {
            ContentItem = item,
            DisplayType = displayType,
            MakeZones = scope => type is null ? new ShapeZones() : Zones(shape!, type, scope),
        };
        shape.Alternates.AddRange(Alternates.OfContent(item, stereotype, displayType));
        return shape;
    }

    /// <summary>The shape of an item inside another, with the classes by which themes know it.</summary>
    public Shape BuildContained(ContentItem item, string displayType = Shape.Detail)
    {
        var shape = Build(item, displayType);
        var root = ShapeName.HtmlClass(shape.Type);
        shape.Classes.Add(root);
        shape.Classes.Add($"{root}-{ShapeName.HtmlClass(item.ContentType)}");
        return shape;
    }

    /// <summary>A widget as it stands in a zone of the layout: in a wrapper that may show its title.</summary>
    public Shape BuildWidget(ContentItem item, string zone, bool rendersTitle)
    {
        ArgumentNullException.ThrowIfNull(item);
        var wrapper = new Shape(Wrapper) { ContentItem = item };
        wrapper.Properties["Widget"] = new ObjectValue(BuildContained(item));
        wrapper.Properties["RenderTitle"] = BooleanValue.Create(rendersTitle);
        wrapper.Properties["Zone"] = new StringValue(zone);
        wrapper.Alternates.Add($"{Wrapper}__{ShapeName.Encode(item.ContentType)}");
        wrapper.Alternates.Add($"{Wrapper}__Zone__{ShapeName.Encode(zone)}");
        return wrapper;
    }

    private ShapeZones Zones(Shape root, ContentTypeDefinition type, RenderScope scope)
    {
        var zones = new ShapeZones();
        var placing = new Placing(root, type, scope, zones);
        if (root.DisplayType == Shape.Detail && ReferenceEquals(scope.Page.Item, root.ContentItem)) placing.Add(new Shape("PageTitle") { ContentItem = root.ContentItem }, "Content", "before");
        placing.Add(new Shape("ContentsMetadata") { ContentItem = root.ContentItem, DisplayType = root.DisplayType }, "Meta", "5");
        foreach (var part in Plan(type, root.DisplayType))
        {
            if (part.Own is { } own) placing.Add(own);
            if (part.Fields.Count == 0) continue;
            if (part.ContainerNames.Any(scope.Templates.Has)) placing.AddContainer(part);
            else foreach (var field in part.Fields) placing.Add(field);
        }

        // Parts that an item has although its type does not attach them, such as the mark of a term.
        foreach (var name in _displays.Keys.Where(name => !type.HasPart(name) && root.ContentItem!.Part(name) is not null))
        {
            var welded = new ContentTypePartDefinition(name, new ContentPartDefinition(name, [], SettingsBag.Empty), SettingsBag.Empty);
            if (PlanPart(type, welded, root.DisplayType).Own is { } own) placing.Add(own);
        }

        zones.Sort();
        return zones;
    }

    private IReadOnlyList<PlannedPart> Plan(ContentTypeDefinition type, string displayType)
    {
        var plans = _plans.GetValue(type, _ => new(StringComparer.Ordinal));
        if (plans.TryGetValue(displayType, out var plan)) return plan;
        plan = [.. model.PartsOf(type).Select(part => PlanPart(type, part, displayType))];
        if (plans.Count < MaxPlans) plans[displayType] = plan;
        return plan;
    }

    private PlannedPart PlanPart(ContentTypeDefinition type, ContentTypePartDefinition part, string displayType)
    {
        var position = string.IsNullOrEmpty(part.PartSettings.Position) ? "0" : part.PartSettings.Position;
        PlannedShape? own = null;
        if (model.Parts.Find(part.PartName) is { } kind)
        {
            var place = kind.DisplayPlace.Split(':');
            var mode = part.PartSettings.DisplayMode is { Length: > 0 } name ? $"{part.PartName}_Display__{name}" : part.PartName;
            own = new PlannedShape(
                new DisplayedValue(new ContentValueDefinition(part, null, kind, null), _displays.GetValueOrDefault(part.PartName)), mode, part.Name, part.Name,
                place[0], place.Length > 1 ? place[1] : position, [.. Alternates.OfPart(mode, type, part, displayType)]);
        }

        var fields = part.Part.FieldsInOrder.Select(field => PlanField(type, part, field, position, displayType)).OfType<PlannedShape>().ToList();
        var containers = fields.Count == 0 ? [] : Alternates.OfContainer(type, part, displayType).Where(name => own is null || !own.Alternates.Contains(name)).ToArray();
        return new PlannedPart(part, position, own, fields, containers);
    }

    private PlannedShape? PlanField(ContentTypeDefinition type, ContentTypePartDefinition part, ContentFieldDefinition field, string partPosition, string displayType)
    {
        if (model.Fields.Find(field.KindName) is not { } kind) return null;
        var shape = Alternates.FieldShape(field);
        var name = $"{part.Name}-{field.Name}";
        var position = $"{partPosition}.{(string.IsNullOrEmpty(field.FieldSettings.Position) ? "0" : field.FieldSettings.Position)}";
        return new PlannedShape(
            new DisplayedValue(new ContentValueDefinition(part, field, null, kind), null), shape, name, shape == field.KindName ? name : $"{name}-{shape}",
            "Content", position, [.. Alternates.OfField(type, part, field, displayType)]);
    }
}

/// <summary>A shape as the definitions make it, before anything places it.</summary>
internal sealed record PlannedShape(
    DisplayedValue Value, string Type, string Name, string Differentiator, string Zone, string Position, IReadOnlyList<string> Alternates);

/// <summary>The shapes of a part, and the templates that would show its fields as one.</summary>
internal sealed record PlannedPart(
    ContentTypePartDefinition Part, string Position, PlannedShape? Own, IReadOnlyList<PlannedShape> Fields, IReadOnlyList<string> ContainerNames)
{
    public const string Container = Shapes.Alternates.Container;
}

/// <summary>Puts an item's shapes where placement wants them.</summary>
internal sealed class Placing(Shape root, ContentTypeDefinition type, RenderScope scope, ShapeZones zones)
{
    private readonly string[] _parts = [.. type.Parts.Select(part => part.PartName)];

    public void Add(PlannedShape planned)
    {
        var placement = Find(planned.Type, planned.Differentiator);
        if (placement?.Hides == true) return;
        var shape = new Shape(placement?.Shape ?? planned.Type)
        {
            Name = planned.Name,
            Value = planned.Value,
            ContentItem = root.ContentItem,
            DisplayType = root.DisplayType,
        };
        shape.Alternates.AddRange(planned.Alternates);
        Put(shape, placement, planned.Zone, planned.Position);
    }

    public void AddContainer(PlannedPart part)
    {
        var placement = Find(PlannedPart.Container, part.Part.Name);
        if (placement?.Hides == true) return;
        var container = new Shape(PlannedPart.Container)
        {
            Name = part.Part.Name,
            Value = part.Fields[0].Value,
            ContentItem = root.ContentItem,
            DisplayType = root.DisplayType,
            MakeZones = _ => Fields(part),
        };
        container.Alternates.AddRange(part.ContainerNames);
        Put(container, placement, "Content", part.Position);
    }

    public void Add(Shape shape, string zone, string position)
    {
        var placement = Find(shape.Type, "");
        if (placement?.Hides != true) Put(shape, placement, zone, position);
    }

    private ShapeZones Fields(PlannedPart part)
    {
        var inner = new ShapeZones();
        var placing = new Placing(root, type, scope, inner);
        foreach (var field in part.Fields) placing.Add(field);
        inner.Sort();
        return inner;
    }

    private Placement? Find(string shape, string differentiator) => scope.Templates.Placements.Find(new PlacementSubject(
        shape, root.DisplayType, differentiator, type.Name, type.TypeSettings.Stereotype, _parts, scope.Path));

    private void Put(Shape shape, Placement? placement, string zone, string position)
    {
        if (placement?.Place is { Length: > 0 } place)
        {
            var parts = place.Split('#', 2)[0].Split(':', 2);
            zone = parts[0];
            if (parts.Length > 1) position = parts[1];
        }

        if (placement is not null)
        {
            shape.Alternates.AddRange(placement.Alternates);
            shape.Wrappers.AddRange(placement.Wrappers);
        }

        shape.Position = position;
        if (zone.StartsWith('/')) scope.Page.Zones.Add(zone[1..], shape, position);
        else zones.Add(zone, shape);
    }
}
