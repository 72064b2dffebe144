using Cms.Platform.Modules;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Checks the features that a recipe enables. Ours are always on, so that a feature is there or is an error, never silently missing.</summary>
public sealed class FeatureStep(IEnumerable<ICmsModule> modules) : IRecipeStep
{
    /// <summary>Features of Orchard Core that the platform itself provides.</summary>
    private static readonly string[] Platform =
    [
        "Admin", "Apis.GraphQL", "AutoSetup", "ContentFields", "ContentFields.Indexing.SQL", "ContentLocalization",
        "ContentLocalization.ContentCulturePicker", "ContentTypes", "Contents", "CustomSettings", "Diagnostics", "Features", "Flows",
        "HomeRoute", "Html", "Liquid", "Localization", "Menu", "Navigation", "Queries", "Queries.Sql", "Recipes", "Recipes.Core", "Resources",
        "Roles", "Roles.Core", "Scripting", "Settings", "Setup", "Themes", "Title", "Alias", "Users",
    ];

    public string Name => "feature";

    public Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var known = Platform.Select(id => "OrchardCore." + id).Concat(modules.SelectMany(module => module.FeatureIds))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var enabled = context.Texts("enable");
        for (var i = 0; i < enabled.Count; i++)
        {
            // Themes are features too; the themes step checks that they exist.
            if (enabled[i].Contains('.', StringComparison.Ordinal) && !known.Contains(enabled[i]))
                throw context.Fail($"$.enable[{i}]", $"The feature “{enabled[i]}” is not available here.");
        }

        return Task.CompletedTask;
    }
}
