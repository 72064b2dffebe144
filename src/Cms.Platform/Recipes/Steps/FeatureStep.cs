using System.Text.Json.Nodes;
using Cms.Core.ContentTypes;
using Cms.Platform.Modules;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>
/// Checks the features that a recipe enables, and adds the content types that they bring. Ours are always on, so that a feature
/// is there, is reported as not available, or is an error: never silently missing.
/// </summary>
public sealed class FeatureStep(IEnumerable<ICmsModule> modules, SiteDocuments documents, ContentDefinitionRegistry definitions) : IRecipeStep
{
    /// <summary>Features of Orchard Core that the platform itself provides.</summary>
    private static readonly string[] Platform =
    [
        "Admin", "Apis.GraphQL", "AutoSetup", "ContentFields", "ContentFields.Indexing.SQL", "ContentLocalization",
        "ContentLocalization.ContentCulturePicker", "ContentTypes", "Contents", "CustomSettings", "DataLocalization", "Deployment", "Diagnostics",
        "DynamicCache", "Features", "HomeRoute", "Html", "Indexing", "Liquid", "Localization", "Markdown", "Media", "Navigation", "OpenApi", "OpenId",
        "OpenId.Management", "OpenId.Server", "OpenId.Validation", "Placements", "Queries", "Queries.Core", "Queries.Sql", "Recipes", "Recipes.Core",
        "Resources", "Roles", "Roles.Core", "Scripting", "Settings", "Setup", "Shortcodes", "Shortcodes.Templates", "Spatial", "Templates", "Themes",
        "Users",
    ];

    public string Name => "feature";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var known = Platform.Select(id => "OrchardCore." + id).Concat(modules.SelectMany(module => module.FeatureIds))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var enabled = context.Texts("enable");
        for (var i = 0; i < enabled.Count; i++)
        {
            // Themes are features too; the themes step checks that they exist.
            if (!enabled[i].Contains('.', StringComparison.Ordinal) || known.Contains(enabled[i])) continue;
            if (OrchardFeatures.Contains(enabled[i])) context.Note($"The feature “{enabled[i]}” is not available here.");
            else context.Missing($"$.enable[{i}]", $"There is no feature “{enabled[i]}”.");
        }

        var current = definitions.Current;
        foreach (var module in modules.Where(module => module.FeatureIds.Any(id => enabled.Contains(id, StringComparer.OrdinalIgnoreCase))))
        {
            await using var stream = module.OpenDefinitions();
            if (stream is null) continue;
            var brought = await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
            current = ContentDefinitionJson.Merge(current, Missing(brought!.AsObject(), current));
        }

        if (current != definitions.Current) await documents.SaveDefinitionsAsync(current, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Types and parts that the site has already are its own affair.</summary>
    private static JsonObject Missing(JsonObject brought, ContentDefinitions current) => new()
    {
        ["ContentTypes"] = Without(brought, "ContentTypes", name => current.Type(name) is not null),
        ["ContentParts"] = Without(brought, "ContentParts", name => current.Part(name) is not null),
    };

    private static JsonArray Without(JsonObject brought, string member, Func<string?, bool> isThere) =>
        [.. (brought[member] as JsonArray ?? []).Where(record => !isThere(record?[nameof(ContentTypeDefinition.Name)]?.ToString())).Select(record => record?.DeepClone())];
}
