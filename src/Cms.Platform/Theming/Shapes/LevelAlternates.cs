namespace Cms.Platform.Theming.Shapes;

/// <summary>Names for shapes of trees, such as menus and terms: by level, by type and by the tree that they are in.</summary>
public static class LevelAlternates
{
    public static IEnumerable<string> Of(string shape, string contentType, int level, string differentiator)
    {
        ArgumentNullException.ThrowIfNull(differentiator);
        var type = ShapeName.Encode(contentType);
        yield return $"{shape}__level__{level}";
        yield return $"{shape}__{type}";
        yield return $"{shape}__{type}__level__{level}";
        if (differentiator.Length == 0) yield break;
        var tree = ShapeName.Encode(differentiator);
        yield return $"{shape}__{tree}";
        yield return $"{shape}__{tree}__level__{level}";
        yield return $"{shape}__{tree}__{type}";
        yield return $"{shape}__{tree}__{type}__level__{level}";
    }
}
