using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Search;
using Cms.Platform.Search.Analysis;
using Cms.Platform.Search.Indexing;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Creates and replaces search indexes by the names of their profiles (search contract, section 1).</summary>
public sealed class IndexProfileStep(SiteDocuments documents) : IRecipeStep, IExportedStep
{
    public string Name => "CreateOrUpdateIndexProfile";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = await documents.ReadDocumentAsync(IndexProfiles.Document, cancellationToken).ConfigureAwait(false);
        foreach (var (json, path) in context.Objects("indexes"))
        {
            var name = context.Required(json, "Name", path);
            Check(new IndexProfile(name, json), path, all, context);
            all[name] = json.DeepClone();
        }

        await documents.SaveDocumentAsync(IndexProfiles.Document, all, cancellationToken).ConfigureAwait(false);
    }

    public int ExportOrder => 45;

    public async Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = await documents.ReadDocumentAsync(IndexProfiles.Document, cancellationToken).ConfigureAwait(false);
        var asked = all.Where(entry => context.Includes(entry.Key)).ToList();
        return asked.Count == 0 ? null : new JsonObject
        {
            ["name"] = Name,
            ["indexes"] = new JsonArray([.. asked.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value?.DeepClone())]),
        };
    }

    internal static void Check(IndexProfile profile, string path, JsonObject others, RecipeStepContext context)
    {
        if (profile.ProviderName != IndexProfile.Lucene) context.Missing($"{path}.ProviderName", $"Indexes of the provider “{profile.ProviderName}” are not available here; take {IndexProfile.Lucene}.");
        foreach (var analyzer in new[] { profile.Analyzer, profile.QueryAnalyzer }.Distinct().Where(analyzer => !AnalyzerNames.IsKnown(analyzer)))
            context.Missing(path, $"There is no analyzer “{analyzer}”; {AnalyzerNames.Standard} stands in. Known are {string.Join(", ", AnalyzerNames.All)}.");
        var twin = others.FirstOrDefault(other => !string.Equals(other.Key, profile.Name, StringComparison.OrdinalIgnoreCase)
            && string.Equals(new IndexProfile(other.Key, other.Value!.AsObject()).IndexName, profile.IndexName, StringComparison.OrdinalIgnoreCase)).Key;
        if (twin is not null) throw context.Fail($"{path}.IndexName", $"The index “{profile.IndexName}” belongs to the profile “{twin}”; give this one a name of its own.");
    }
}

/// <summary>Search indexes in the older form, each an object of one member, its name. Creates those that are not there; exported in the newer form.</summary>
public sealed class LuceneIndexStep(SiteDocuments documents) : IRecipeStep
{
    public string Name => "lucene-index";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = await documents.ReadDocumentAsync(IndexProfiles.Document, cancellationToken).ConfigureAwait(false);
        foreach (var (json, path) in context.Objects("Indices"))
        {
            if (json.Count != 1 || json.First().Value is not JsonObject settings) throw context.Fail(path, "Must have one member, the name of the index, with its settings as an object.");
            var name = json.First().Key;
            if (all.Any(other => string.Equals(other.Key, name, StringComparison.OrdinalIgnoreCase))) continue;
            var profile = Profile(name, settings);
            IndexProfileStep.Check(new IndexProfile(name, profile), path, all, context);
            all[name] = profile;
        }

        await documents.SaveDocumentAsync(IndexProfiles.Document, all, cancellationToken).ConfigureAwait(false);
    }

    private static JsonObject Profile(string name, JsonObject settings)
    {
        var analyzer = settings.TextOf("AnalyzerName") is { Length: > 0 } given ? given : AnalyzerNames.Standard;
        return new JsonObject
        {
            [nameof(Name)] = name,
            ["IndexName"] = name,
            ["ProviderName"] = IndexProfile.Lucene,
            ["Type"] = "Content",
            ["Properties"] = new JsonObject
            {
                ["ContentIndexMetadata"] = new JsonObject
                {
                    ["IndexLatest"] = settings.FlagOf("IndexLatest"),
                    ["IndexedContentTypes"] = settings["IndexedContentTypes"]?.DeepClone() ?? new JsonArray(),
                    ["Culture"] = settings.TextOf("Culture") ?? "any",
                },
                ["LuceneIndexMetadata"] = new JsonObject { ["AnalyzerName"] = analyzer, ["StoreSourceData"] = settings.FlagOf("StoreSourceData") },
                ["LuceneIndexDefaultQueryMetadata"] = new JsonObject
                {
                    ["QueryAnalyzerName"] = analyzer,
                    ["AllowLuceneQueries"] = false,
                    ["DefaultSearchFields"] = new JsonArray(SearchFields.FullText),
                    ["DefaultVersion"] = "LUCENE_48",
                },
            },
        };
    }
}

/// <summary>
/// Has indexes made anew when the recipe is done: on this site and on every node, each in the background. Taking everything in again, which
/// the contract calls a reset, comes to the same here, because an index can be searched until its new documents are complete.
/// </summary>
public abstract class IndexRebuildStep(SiteDocuments documents, IndexProfiles profiles, string name, string member) : IRecipeStep
{
    public string Name => name;

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var rebuilds = await documents.ReadDocumentAsync(IndexSource.RebuildsDocument, cancellationToken).ConfigureAwait(false);
        foreach (var profile in Named(context)) rebuilds[profile.Name] = (rebuilds[profile.Name]?.GetValue<int>() ?? 0) + 1;
        await documents.SaveDocumentAsync(IndexSource.RebuildsDocument, rebuilds, cancellationToken).ConfigureAwait(false);
        context.AfterCommit.Add(profiles.Touch);
    }

    private List<IndexProfile> Named(RecipeStepContext context)
    {
        if (context.Step.FlagOf("includeAll")) return [.. profiles.All];
        var names = context.Texts(member);
        var found = new List<IndexProfile>();
        for (var i = 0; i < names.Count; i++)
        {
            if (profiles.FindByEither(names[i]) is { } profile) found.Add(profile);
            else context.Missing($"$.{member}[{i}]", $"There is no index “{names[i]}”.");
        }

        return found;
    }
}

public sealed class RebuildIndexStep(SiteDocuments documents, IndexProfiles profiles) : IndexRebuildStep(documents, profiles, "RebuildIndex", "indexNames");

public sealed class ResetIndexStep(SiteDocuments documents, IndexProfiles profiles) : IndexRebuildStep(documents, profiles, "ResetIndex", "indexNames");

public sealed class LuceneIndexRebuildStep(SiteDocuments documents, IndexProfiles profiles) : IndexRebuildStep(documents, profiles, "lucene-index-rebuild", "Indices");

public sealed class LuceneIndexResetStep(SiteDocuments documents, IndexProfiles profiles) : IndexRebuildStep(documents, profiles, "lucene-index-reset", "Indices");
