namespace Cms.Core.Content;

/// <summary>Finds values that no other item holds.</summary>
public static class UniqueValues
{
    /// <summary>Items that may share the beginning of a value; past that, somebody has to choose one.</summary>
    private const int MaxSuffix = 1000;

    /// <summary>The value, or the value with the first of <c>-1</c>, <c>-2</c>, … that is free for the item.</summary>
    public static async Task<string> FreeValueAsync(
        this IContentStore store, string key, string value, string contentItemId, CancellationToken cancellationToken, Func<string, bool>? isReserved = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var candidate = value;
        for (var suffix = 1; suffix <= MaxSuffix; suffix++)
        {
            var holder = isReserved?.Invoke(candidate) == true ? "" : await store.FindHolderAsync(key, candidate, cancellationToken).ConfigureAwait(false);
            if (holder is null || holder == contentItemId) break;
            candidate = $"{value}-{suffix}";
        }

        return candidate;
    }
}
