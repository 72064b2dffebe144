using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Platform.Recipes.Export;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Imports content items as they are given (content-model contract, section 5).</summary>
public sealed class ContentStep(Import import, ContentDefinitionRegistry definitions, ContentValidator validator, ItemHtml html, IContentStore store)
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
        var cuts = 0;
        foreach (var (json, path) in context.Objects("data"))
        {
            try
            {
                var item = ContentItemJson.Read(json);
                await ImportAsync(item, path, context, cancellationToken).ConfigureAwait(false);
                foreach (var cut in html.Inspect(item))
                {
                    if (++cuts <= MaxCuts) context.Note($"{path}.{cut.Path}: {item.ContentItemId} is stored as it is, and shown without what is not allowed in HTML. {cut.Message}");
                }
            }
            catch (Exception problem) when (problem is ContentFormatException or UniqueValueTakenException)
            {
                throw context.Fail(path, problem.Message, problem);
            }
        }

        if (cuts > MaxCuts) context.Note($"{cuts - MaxCuts} more places in the HTML of items are shown without what is not allowed.");
    }

    private async Task ImportAsync(ContentItem item, string path, RecipeStepContext context, CancellationToken cancellationToken)
    {
        if (item.ContentItemId.Length == 0) throw context.Fail($"{path}.ContentItemId", "The item needs an id.");
        if (definitions.Current.Type(item.ContentType) is null)
            throw context.Fail($"{path}.ContentType", $"There is no content type “{item.ContentType}”.");
        var problems = validator.Validate(item, complete: false);
        foreach (var problem in problems) context.Missing($"{path}.{problem.Path}", $"{item.ContentItemId}: {problem.Message}");
        await import.ExecuteAsync(item, cancellationToken).ConfigureAwait(false);
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
