using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Events;
using Cms.Core.Fields;

namespace Cms.Modules.Taxonomies;

/// <summary>Keeps the names of chosen terms beside their ids, marks terms with their taxonomy, and refuses terms that do not exist.</summary>
public sealed class TermHandler(ContentModel model, IContentStore store) : ContentHandler
{
    public override ValueTask ImportingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        Mark(item.Part(nameof(TaxonomyPart))?["Terms"] as JsonArray, item.ContentItemId, 0);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask UpdatingAsync(ContentItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        Mark(item.Part(nameof(TaxonomyPart))?["Terms"] as JsonArray, item.ContentItemId, 0);
        foreach (var (json, terms) in await ChosenAsync(item, cancellationToken).ConfigureAwait(false))
        {
            if (terms is not null && json.ContainsKey("TagNames"))
                json["TagNames"] = new JsonArray([.. json.TextsOf("TermContentItemIds").Select(id => (JsonNode?)terms.GetValueOrDefault(id)).OfType<JsonNode>()]);
        }
    }

    public override async ValueTask PublishingAsync(ContentItem item, ICollection<ContentProblem> problems, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(problems);
        foreach (var (json, terms) in await ChosenAsync(item, cancellationToken).ConfigureAwait(false))
        {
            foreach (var unknown in json.TextsOf("TermContentItemIds").Where(id => terms?.ContainsKey(id) != true))
                problems.Add(new ContentProblem(PathOf(item, json), $"The term “{unknown}” is not in the taxonomy; choose another."));
        }
    }

    private string PathOf(ContentItem item, JsonObject json) => model.Values(item).First(value => ReferenceEquals(value.In(item), json)).Path;

    /// <summary>The values of the item's taxonomy fields, each with its taxonomy's terms by id; null where the taxonomy is missing.</summary>
    private async Task<List<(JsonObject Json, Dictionary<string, string>? Terms)>> ChosenAsync(ContentItem item, CancellationToken cancellationToken)
    {
        var chosen = model.Values(item).Where(value => value.FieldKind is TaxonomyField).Select(value => value.In(item)).OfType<JsonObject>()
            .Where(json => json.TextsOf("TermContentItemIds").Count > 0).ToList();
        if (chosen.Count == 0) return [];
        var ids = chosen.Select(json => json.TextOf("TaxonomyContentItemId") ?? "").Distinct().ToList();
        var taxonomies = await store.FindManyAsync(ids, ContentStatus.Latest, cancellationToken).ConfigureAwait(false);
        var terms = taxonomies.ToDictionary(
            pair => pair.Key,
            pair => TermTree.Read(pair.Value).DistinctBy(term => term.Item.ContentItemId).ToDictionary(term => term.Item.ContentItemId, term => term.Item.DisplayText ?? ""),
            StringComparer.OrdinalIgnoreCase);
        return [.. chosen.Select(json => (json, terms.GetValueOrDefault(json.TextOf("TaxonomyContentItemId") ?? "")))];
    }

    private static void Mark(JsonArray? terms, string taxonomyId, int depth)
    {
        if (depth > ContentValidator.MaxNesting) return;
        foreach (var json in terms?.OfType<JsonObject>() ?? [])
        {
            if (json[nameof(TermPart)] is not JsonObject part) json[nameof(TermPart)] = part = [];
            part["TaxonomyContentItemId"] = taxonomyId;
            Mark(json["Terms"] as JsonArray, taxonomyId, depth + 1);
        }
    }
}
