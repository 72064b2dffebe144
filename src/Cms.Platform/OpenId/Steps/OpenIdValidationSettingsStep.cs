using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Cms.Platform.Settings;
using Cms.Platform.Storage;

namespace Cms.Platform.OpenId.Steps;

/// <summary>Says whose access tokens are accepted: only this site's own. It is kept and exported with the site's settings.</summary>
public sealed class OpenIdValidationSettingsStep(SiteDocuments documents, SiteSettingsRegistry settings) : IRecipeStep
{
    public string Name => "OpenIdValidationSettings";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var member in new[] { "Authority", "MetadataAddress" })
        {
            if (!string.IsNullOrEmpty(context.Step.TextOf(member)))
                context.Missing($"$.{member}", "Tokens of another server are not accepted here; use Tenant to accept the site's own.");
        }

        var properties = (JsonObject)settings.Current.Properties.DeepClone();
        properties[Name] = new JsonObject(context.Step.Where(member => !string.Equals(member.Key, "name", StringComparison.OrdinalIgnoreCase))
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        await documents.SaveSettingsAsync(settings.Current with { Properties = properties }, cancellationToken).ConfigureAwait(false);
    }
}
