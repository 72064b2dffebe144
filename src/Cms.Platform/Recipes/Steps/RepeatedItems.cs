using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Recipes.Steps;

/// <summary>
/// Items that a step gives twice in the same place: two versions of one id, or two that want to be the live one or the latest one
/// without ids to tell them apart. Each run of the recipe would replace one by the other, and neither would ever be unchanged.
/// </summary>
internal static class RepeatedItems
{
    /// <returns>The paths of those that a later one replaces.</returns>
    /// <exception cref="RecipeException">There are any, and the recipe is run strictly.</exception>
    public static HashSet<string> In(RecipeStepContext context)
    {
        var replaced = new HashSet<string>();
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (json, path) in context.Objects("data"))
        {
            foreach (var place in Places(json))
            {
                if (seen.TryGetValue(place, out var earlier) && replaced.Add(earlier))
                    context.Missing(path, $"{json.TextOf(nameof(ContentItem.ContentItemId))}: The item is {earlier} too. Leave one out, or give each version a ContentItemVersionId of its own.");
                seen[place] = path;
            }
        }

        return replaced;
    }

    private static IEnumerable<string> Places(JsonObject json)
    {
        if (json.TextOf(nameof(ContentItem.ContentItemId)) is not { Length: > 0 } id) yield break;
        if (json.TextOf(nameof(ContentItem.ContentItemVersionId)) is { Length: > 0 } version)
        {
            yield return $"{id}/version/{version}";
            yield break;
        }

        if (json.FlagOf(nameof(ContentItem.Published))) yield return $"{id}/published";
        if (json.FlagOf(nameof(ContentItem.Latest))) yield return $"{id}/latest";
    }
}
