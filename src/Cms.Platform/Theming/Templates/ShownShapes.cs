using Cms.Platform.Theming.Shapes;

namespace Cms.Platform.Theming.Templates;

/// <summary>The shapes of one page that are being shown within each other, the outermost first.</summary>
internal sealed class ShownShapes
{
    private readonly List<(string Type, string? Item)> _shapes = [];

    /// <summary>The place of the outermost shape that shows itself; int.MaxValue where none did.</summary>
    private int _repeating = int.MaxValue;

    public int Enter(Shape shape)
    {
        _shapes.Add((shape.Type, shape.ContentItem?.ContentItemId));
        return _shapes.Count - 1;
    }

    public void Leave(int place) => _shapes.RemoveRange(place, _shapes.Count - place);

    /// <summary>
    /// Whether the failure is to be ended at the shape: where shapes show themselves, at the outermost of them, or it would be on the page
    /// as often as it fits.
    /// </summary>
    public bool EndsAt(int place, Exception problem)
    {
        if (!Faults.Any<NestingException>(problem)) return true;
        if (_repeating == int.MaxValue) _repeating = FindRepeating();
        if (place > _repeating) return false;
        _repeating = int.MaxValue;
        return true;
    }

    private int FindRepeating()
    {
        var seen = new Dictionary<(string, string?), int>();
        var outermost = _shapes.Count - 1;
        for (var i = 0; i < _shapes.Count; i++)
        {
            if (!seen.TryAdd(_shapes[i], i)) outermost = Math.Min(outermost, seen[_shapes[i]]);
        }

        return outermost;
    }
}
