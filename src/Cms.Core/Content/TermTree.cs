using System.Text.Json.Nodes;

namespace Cms.Core.Content;

/// <summary>A term with its place in the tree.</summary>
/// <param name="Item">The term.</param>
/// <param name="Depth">0 at the top.</param>
/// <param name="IsLeaf">No terms are below it.</param>
public sealed record Term(ContentItem Item, int Depth, bool IsLeaf);

/// <summary>
/// Reads the terms that are nested in a taxonomy: the first level in <c>TaxonomyPart.Terms</c>, deeper ones in the <c>Terms</c> of
/// each term (content-model contract, section 3).
/// </summary>
public static class TermTree
{
    /// <summary>The part that makes an item a taxonomy.</summary>
    public const string Part = "TaxonomyPart";

    private const string Terms = "Terms";

    /// <summary>All terms, each followed by those below it. Deeper than <see cref="ContentValidator.MaxNesting"/> they are left out.</summary>
    public static IEnumerable<Term> Read(ContentItem taxonomy)
    {
        ArgumentNullException.ThrowIfNull(taxonomy);
        return Read(taxonomy.Part(Part)?[Terms] as JsonArray, 0);
    }

    private static IEnumerable<Term> Read(JsonArray? terms, int depth)
    {
        if (terms is null || depth > ContentValidator.MaxNesting) yield break;
        foreach (var json in terms.OfType<JsonObject>().Where(json => json.TextOf(nameof(ContentItem.ContentType)) is { Length: > 0 }))
        {
            var below = json[Terms] as JsonArray;
            yield return new Term(ContentItemJson.Read(json), depth, below is not { Count: > 0 });
            foreach (var term in Read(below, depth + 1)) yield return term;
        }
    }
}
