using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Queries;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Adds and replaces stored queries by name.</summary>
public sealed class QueriesStep(SiteDocuments documents, StoredQueryRegistry queries, IEnumerable<IQueryEngine> engines) : IRecipeStep, IExportedStep
{
    public string Name => "queries";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = queries.All.ToDictionary(query => query.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (json, path) in context.Objects("Queries"))
        {
            if (Read(json, path, context) is { } query) all[query.Name] = query;
        }

        await documents.SaveQueriesAsync(all.Values, cancellationToken).ConfigureAwait(false);
    }

    private StoredQuery? Read(JsonObject json, string path, RecipeStepContext context)
    {
        var source = context.Required(json, "Source", path);
        if (!engines.Any(engine => string.Equals(engine.Source, source, StringComparison.OrdinalIgnoreCase)))
        {
            context.Missing($"{path}.Source", $"Queries of the source “{source}” are not available here.");
            return null;
        }

        var schema = json.TextOf("Schema");
        if (!QuerySchema.TryRead(schema, out _, out var problem)) context.Missing($"{path}.Schema", problem);
        return new StoredQuery(
            context.Required(json, "Name", path), source, context.Required(json, "Template", path), schema, json.FlagOf("ReturnContentItems"), json.TextOf("Index"));
    }

    public int ExportOrder => 40;

    public Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken) => Task.FromResult(queries.All.Count == 0 ? null : new JsonObject
    {
        ["name"] = Name,
        ["Queries"] = new JsonArray([.. queries.All.OrderBy(query => query.Name, StringComparer.Ordinal).Select(Write)]),
    });

    private static JsonObject Write(StoredQuery query)
    {
        var json = new JsonObject
        {
            [nameof(query.Name)] = query.Name,
            ["Source"] = query.Source,
            ["Template"] = query.Template,
            ["Schema"] = query.Schema,
            ["ReturnContentItems"] = query.ReturnContentItems,
        };
        if (query.Index is not null) json["Index"] = query.Index;
        return json;
    }
}
