using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Core.Content.Actions;

/// <summary>Puts what a file says back over what handlers made of it: they may add members and fill empty ones, and change nothing else.</summary>
internal static class GivenValues
{
    /// <param name="target">The JSON after the handlers.</param>
    /// <param name="given">The JSON of the file; it is not changed.</param>
    public static void Restore(JsonObject target, JsonObject given)
    {
        foreach (var (name, value) in given)
        {
            if (!IsRestored(target[name], value)) target[name] = value?.DeepClone();
        }
    }

    private static bool IsRestored(JsonNode? target, JsonNode? given)
    {
        if (IsEmpty(given)) return target is not null;
        if (given is JsonObject json && target is JsonObject changed)
        {
            Restore(changed, json);
            return true;
        }

        // Nested items are completed too, which keeps their number.
        if (given is not JsonArray list || target is not JsonArray others || list.Count != others.Count) return JsonNode.DeepEquals(target, given);
        for (var i = 0; i < list.Count; i++)
        {
            if (!IsRestored(others[i], list[i])) others[i] = list[i]?.DeepClone();
        }

        return true;
    }

    private static bool IsEmpty(JsonNode? given) =>
        given is null || (given.GetValueKind() == JsonValueKind.String && given.GetValue<string>().Length == 0);
}
