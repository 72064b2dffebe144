using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Cms.Core.Content;

namespace Cms.Platform.Search;

/// <summary>
/// A search index as the site defines it (search contract, section 1). What the site does not act upon stays in
/// <see cref="Json"/>, which is how it is stored and exported.
/// </summary>
/// <param name="Name">Unique; permissions, recipes and the address of the search page call it so.</param>
/// <param name="Json">The profile as a recipe gave it.</param>
public sealed record IndexProfile(string Name, JsonObject Json)
{
    public const string Lucene = "Lucene";

    /// <summary>The index's own name, which names its folder.</summary>
    public string IndexName { get; } = Json.TextOf("IndexName") is { Length: > 0 } name ? name : Name;

    public string ProviderName { get; } = Json.TextOf("ProviderName") ?? Lucene;

    /// <summary>Drafts are found too, in the state in which editors left them; otherwise what readers see.</summary>
    public bool IndexLatest { get; } = Of(Json, "ContentIndexMetadata").FlagOf("IndexLatest");

    /// <summary>A closed list: nothing else is found.</summary>
    public ImmutableArray<string> ContentTypes { get; } = [.. Of(Json, "ContentIndexMetadata").TextsOf("IndexedContentTypes")];

    /// <summary>Only items of exactly this culture; null for all.</summary>
    public string? Culture { get; } = Of(Json, "ContentIndexMetadata").TextOf("Culture") is { Length: > 0 } culture && culture != "any" ? culture : null;

    /// <summary>
    /// The analyzer's name. Other sites that read the profile know only the contract's, so that ours stand in
    /// <c>CmsIndexMetadata.AnalyzerName</c> where a recipe must work elsewhere too.
    /// </summary>
    public string Analyzer { get; } = Own(Json) ?? Of(Json, "LuceneIndexMetadata").TextOf("AnalyzerName") ?? Analysis.AnalyzerNames.Standard;

    public string QueryAnalyzer { get; } = Own(Json) ?? Of(Json, "LuceneIndexDefaultQueryMetadata").TextOf("QueryAnalyzerName")
        ?? Of(Json, "LuceneIndexMetadata").TextOf("AnalyzerName") ?? Analysis.AnalyzerNames.Standard;

    /// <summary>Every field can be read back, not only those that say so.</summary>
    public bool StoreSourceData { get; } = Of(Json, "LuceneIndexMetadata").FlagOf("StoreSourceData");

    /// <summary>Visitors of the search page may use Lucene's query syntax.</summary>
    public bool AllowLuceneQueries { get; } = Of(Json, "LuceneIndexDefaultQueryMetadata").FlagOf("AllowLuceneQueries");

    public ImmutableArray<string> DefaultSearchFields { get; } =
        Of(Json, "LuceneIndexDefaultQueryMetadata").TextsOf("DefaultSearchFields") is { Count: > 0 } fields ? [.. fields] : [SearchFields.FullText];

    /// <summary>Whether the index holds the version: of a listed type and the right culture, and the one that readers, or editors, see.</summary>
    public bool Includes(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return (IndexLatest ? item.Latest : item.Published)
            && ContentTypes.Contains(item.ContentType, StringComparer.OrdinalIgnoreCase)
            && (Culture is null || string.Equals(item.Culture, Culture, StringComparison.OrdinalIgnoreCase));
    }

    private static string? Own(JsonObject json) => Of(json, "CmsIndexMetadata").TextOf("AnalyzerName") is { Length: > 0 } name ? name : null;

    private static JsonObject Of(JsonObject json, string metadata) => (json["Properties"] as JsonObject)?[metadata] as JsonObject ?? [];
}
