using System.Text.Json.Nodes;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Settings;
using Cms.Platform.Storage;
using Microsoft.Extensions.Hosting;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Chooses the site's theme; empty leaves it as it is. The admin has one theme, so that <c>admin</c> has no effect.</summary>
public sealed class ThemesStep(SiteDocuments documents, SiteSettingsRegistry settings, IHostEnvironment environment) : IRecipeStep, IExportedStep
{
    public string Name => "themes";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Step["site"]?.ToString() is not { Length: > 0 } theme) return;
        var folder = Path.Combine(environment.ContentRootPath, "themes");
        var found = Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(Path.GetFileName).FirstOrDefault(name => string.Equals(name, theme, StringComparison.OrdinalIgnoreCase))
            : null;
        if (found is null)
        {
            context.Missing("$.site", $"There is no theme “{theme}” in the themes folder.");
            return;
        }

        await documents.SaveSettingsAsync(settings.Current with { Theme = found }, cancellationToken).ConfigureAwait(false);
    }

    public int ExportOrder => 10;

    public Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken) => Task.FromResult(
        settings.Current.Theme.Length == 0 ? null : new JsonObject { ["name"] = Name, ["site"] = settings.Current.Theme });
}
