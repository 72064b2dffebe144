using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;
using Cms.Platform.Recipes.Export;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Imports content items as they are given (content-model contract, section 5).</summary>
public sealed class ContentStep(Import import, ContentDefinitionRegistry definitions, ContentValidator validator, IContentStore store)
    : IRecipeStep, IExportedStep
{
    private const int PageSize = 500;

    public string Name => "content";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (json, path) in context.Objects("data"))
        {
            try
            {
                await ImportAsync(ContentItemJson.Read(json), path, context, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is ContentFormatException or UniqueValueTakenException)
            {
                throw context.Fail(path, problem.Message, problem);
            }
        }
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

    /// <summary>Active versions; what is archived or deleted stays behind.</summary>
    public async Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var versions = new List<ContentItem>();
        foreach (var status in new[] { ContentStatus.Published, ContentStatus.Draft })
            versions.AddRange(await AllAsync(status, context, cancellationToken).ConfigureAwait(false));
        var written = versions.OrderBy(version => version.ContentItemId, StringComparer.Ordinal).ThenBy(version => version.Latest).Select(ContentItemJson.Write);
        return versions.Count == 0 ? null : new JsonObject { ["name"] = Name, ["data"] = new JsonArray([.. written]) };
    }

    private async Task<List<ContentItem>> AllAsync(ContentStatus status, ExportContext context, CancellationToken cancellationToken)
    {
        var all = new List<ContentItem>();
        IReadOnlyList<ContentItem> page;
        do
        {
            var query = new ContentQuery
            {
                ContentTypes = [.. context.ContentTypes],
                Status = status,
                Order = [new ContentOrder(EnvelopeField.All[0])],
                Skip = all.Count,
                Take = PageSize,
            };
            all.AddRange(page = await store.QueryAsync(query, cancellationToken).ConfigureAwait(false));
        }
        while (page.Count == PageSize);
        return all;
    }
}
