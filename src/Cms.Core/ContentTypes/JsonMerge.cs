using System.Text.Json.Nodes;

namespace Cms.Core.ContentTypes;

/// <summary>The contract's merge: objects member by member, arrays and values replaced.</summary>
public static class JsonMerge
{
    /// <summary>Merges <paramref name="changes"/> into <paramref name="target"/> and returns it; <paramref name="changes"/> stays as it is.</summary>
    public static JsonObject Merge(JsonObject target, JsonObject changes)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var (name, change) in changes)
        {
            if (change is JsonObject changed && target[name] is JsonObject existing) Merge(existing, changed);
            else target[name] = change?.DeepClone();
        }

        return target;
    }
}
