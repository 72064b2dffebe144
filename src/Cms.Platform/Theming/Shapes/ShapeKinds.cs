using System.Collections.Frozen;
using Cms.Platform.Theming.Liquid;

namespace Cms.Platform.Theming.Shapes;

/// <summary>The kinds of shapes that the site knows, by shape type.</summary>
public sealed class ShapeKinds(IEnumerable<ShapeKind> kinds)
{
    private readonly FrozenDictionary<string, ShapeKind> _kinds = kinds.SelectMany(kind => kind.Types.Select(type => KeyValuePair.Create(type, kind)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets the shape's kind prepare it, once for each type that it is rendered as.</summary>
    public ValueTask PrepareAsync(Shape shape, LiquidEnvironment environment, RenderScope scope)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(environment);
        if (shape.PreparedAs == shape.Type || !_kinds.TryGetValue(shape.Type, out var kind)) return ValueTask.CompletedTask;
        shape.PreparedAs = shape.Type;
        return kind.PrepareAsync(shape, environment.NewContext(scope, TimeZoneInfo.Utc));
    }
}
