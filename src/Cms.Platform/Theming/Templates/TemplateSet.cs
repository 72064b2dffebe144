using System.Collections.Frozen;
using Cms.Platform.Theming.Shapes;

namespace Cms.Platform.Theming.Templates;

/// <summary>All templates of the site by shape name, and its placements, as one snapshot.</summary>
public sealed class TemplateSet(IEnumerable<KeyValuePair<string, ThemeTemplate>> templates, PlacementTable placements)
{
    private readonly FrozenDictionary<string, ThemeTemplate> _templates = templates.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public PlacementTable Placements => placements;

    public bool Has(string name) => _templates.ContainsKey(name);

    public ThemeTemplate? Find(string name) => _templates.GetValueOrDefault(name);

    /// <summary>
    /// The shape's template: that of its most specific alternate that has one, then that of its type, and for a type such as
    /// <c>HttpError__404</c> that of what stands before the underscores.
    /// </summary>
    public ThemeTemplate? Find(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var alternates = shape.Alternates;
        for (var i = alternates.Count - 1; i >= 0; i--)
        {
            if (_templates.TryGetValue(alternates[i], out var found)) return found;
        }

        for (var name = shape.Type; name.Length > 0; name = name.LastIndexOf("__", StringComparison.Ordinal) is var cut and > 0 ? name[..cut] : "")
        {
            if (_templates.TryGetValue(name, out var found)) return found;
        }

        return null;
    }
}
