using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Settings;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Replaces custom settings: a member per content type of the stereotype CustomSettings, its value a content item.</summary>
public sealed class CustomSettingsStep(
    SiteDocuments documents, SiteSettingsRegistry settings, ContentDefinitionRegistry definitions, ContentValidator validator)
    : IRecipeStep, IExportedStep
{
    public string Name => "custom-settings";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var properties = (JsonObject)settings.Current.Properties.DeepClone();
        foreach (var (member, value) in context.Step.Where(entry => !string.Equals(entry.Key, "name", StringComparison.OrdinalIgnoreCase)))
        {
            if (!Is(definitions.Current, member))
                throw context.Fail($"$.{member}", $"There is no content type “{member}” with the stereotype CustomSettings.");
            if (value is not JsonObject json) throw context.Fail($"$.{member}", "Must be a content item.");
            properties[member] = Checked(json, member, context);
        }

        await documents.SaveSettingsAsync(settings.Current with { Properties = properties }, cancellationToken).ConfigureAwait(false);
    }

    private JsonObject Checked(JsonObject json, string member, RecipeStepContext context)
    {
        try
        {
            var problems = validator.Validate(ContentItemJson.Read(json), complete: true);
            if (problems.Count > 0) throw context.Fail($"$.{member}.{problems[0].Path}", problems[0].Message);
            return (JsonObject)json.DeepClone();
        }
        catch (ContentFormatException problem)
        {
            throw context.Fail($"$.{member}", problem.Message, problem);
        }
    }

    public int ExportOrder => 70;

    public Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var step = new JsonObject { ["name"] = Name };
        foreach (var (key, value) in settings.Current.Properties.Where(property => Is(definitions.Current, property.Key) && context.Includes(property.Key)).OrderBy(property => property.Key, StringComparer.Ordinal))
            step[key] = value?.DeepClone();
        return Task.FromResult(step.Count > 1 ? step : null);
    }

    /// <summary>Whether a property of the site holds custom settings.</summary>
    internal static bool Is(ContentDefinitions definitions, string property) => definitions.WithStereotype("CustomSettings").Any(type => type.Name == property);
}
