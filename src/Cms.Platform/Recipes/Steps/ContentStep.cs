using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>
/// Imports content items (content-model contract, section 5), and says which of them replace what somebody changed here since the last
/// import, and which are here already but not in the state that the recipe gives.
/// </summary>
public sealed class ContentStep(Import import, ContentDefinitionRegistry definitions, ItemHtml html, SiteDocuments documents, IContentStore store)
    : IRecipeStep, IStreamedStep
{
    internal const string StepName = "content";

    private const int PageSize = 500;

    /// <summary>Sentences about HTML that a step reports; a recipe of another site may have thousands of styled texts.</summary>
    private const int MaxCuts = 50;

    public string Name => StepName;

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var imported = await ImportedItems.ReadAsync(documents, cancellationToken).ConfigureAwait(false);
        var doubtful = new List<(ImportPlan Plan, string Path)>();
        var cuts = 0;
        var replaced = RepeatedItems.In(context);
        foreach (var (json, path) in context.Objects("data").Where(entry => !replaced.Contains(entry.Path)))
        {
            if (Read(json, path, context) is not { } item) continue;
            if (await ImportAsync(item, path, imported, context, cancellationToken).ConfigureAwait(false) is not { } plan) continue;
            imported.Add(item.ContentItemId, plan.Item.Revision);
            cuts += NoteCuts(plan.Item, path, MaxCuts - cuts, context);
            if (plan.PublishingProblems.Count > 0) doubtful.Add((plan, path));
        }

        if (cuts > MaxCuts) context.Note($"{cuts - MaxCuts} more places in the HTML of items are shown without what is not allowed.");
        foreach (var (plan, path) in doubtful)
            Report(plan.Item, await import.CheckAsync(plan, cancellationToken).ConfigureAwait(false), path, context);
        await imported.SaveAsync(documents, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The item, or null where the recipe is lenient and the item can't be.</summary>
    private ContentItem? Read(JsonObject json, string path, RecipeStepContext context)
    {
        try
        {
            var item = ContentItemJson.Read(json);
            if (item.ContentItemId.Length == 0) throw context.Fail($"{path}.ContentItemId", "The item needs an id.");
            if (definitions.Current.Type(item.ContentType) is null)
                throw context.Fail($"{path}.ContentType", $"There is no content type “{item.ContentType}”.");
            if (item.Latest || item.Published || item.ContentItemVersionId.Length > 0) return item;
            context.Missing(path, $"{item.ContentItemId}: The item is neither Latest nor Published, so that nobody would see it. Set Latest for a draft, and Published too for what readers see.");
            return null;
        }
        catch (ContentFormatException problem)
        {
            throw context.Fail(path, problem.Message, problem);
        }
    }

    /// <summary>Says what of the item's HTML is not shown, up to a number of sentences.</summary>
    /// <returns>How much there is to say.</returns>
    private int NoteCuts(ContentItem item, string path, int room, RecipeStepContext context)
    {
        var cuts = html.Inspect(item);
        foreach (var cut in cuts.Take(Math.Max(0, room)))
            context.Note($"{path}.{cut.Path}: {item.ContentItemId} is stored as it is, and shown without what is not allowed in HTML. {cut.Message}");
        return cuts.Count;
    }

    /// <returns>The plan that was carried out, or null where nothing was stored.</returns>
    private async Task<ImportPlan?> ImportAsync(
        ContentItem item, string path, ImportedItems imported, RecipeStepContext context, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await import.PlanAsync(item, imported.RevisionOf(item.ContentItemId), cancellationToken).ConfigureAwait(false);
            Report(item, plan.Problems, path, context);
            if (ImportNotes.Of(plan, item) is { } note) context.Note(note);
            if (!plan.IsStored) return null;
            await import.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
            return plan;
        }
        catch (UniqueValueTakenException problem)
        {
            throw context.Fail($"{path}.{problem.Key}", $"{item.ContentItemId}: {problem.Message}", problem);
        }
        catch (ContentConflictException problem)
        {
            throw context.Fail(path, $"{problem.Message} Run the recipe again.", problem);
        }
    }

    private static void Report(ContentItem item, IEnumerable<ContentProblem> problems, string path, RecipeStepContext context)
    {
        foreach (var problem in problems) context.Missing($"{path}.{problem.Path}", $"{item.ContentItemId}: {problem.Message}");
    }

    public int ExportOrder => 80;

    public string ListName => "data";

    /// <summary>Active versions by their items' ids, the published one before the draft; what is archived or deleted stays behind.</summary>
    public async IAsyncEnumerable<JsonObject> ListAsync(ExportContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        await using var drafts = AllAsync(ContentStatus.Draft, context, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var hasDraft = await drafts.MoveNextAsync().ConfigureAwait(false);
        await foreach (var published in AllAsync(ContentStatus.Published, context, cancellationToken).ConfigureAwait(false))
        {
            while (hasDraft && string.CompareOrdinal(drafts.Current.ContentItemId, published.ContentItemId) < 0)
            {
                yield return ContentItemJson.Write(drafts.Current);
                hasDraft = await drafts.MoveNextAsync().ConfigureAwait(false);
            }

            yield return ContentItemJson.Write(published);
        }

        for (; hasDraft; hasDraft = await drafts.MoveNextAsync().ConfigureAwait(false)) yield return ContentItemJson.Write(drafts.Current);
    }

    private async IAsyncEnumerable<ContentItem> AllAsync(ContentStatus status, ExportContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = EnvelopeField.All[0];
        var query = new ContentQuery { ContentTypes = [.. context.ContentTypes], Status = status, Order = [new ContentOrder(id)], Take = PageSize };
        for (IReadOnlyList<ContentItem> page = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false); page.Count > 0;
            page = await store.QueryAsync(query with { Filter = new Compare(id, Comparison.GreaterThan, page[^1].ContentItemId) }, cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page) yield return item;
        }
    }
}
