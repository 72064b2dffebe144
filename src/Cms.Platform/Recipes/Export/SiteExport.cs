using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Cms.Core.Content;
using Cms.Platform.Recipes.Expressions;
using Cms.Platform.Settings;

namespace Cms.Platform.Recipes.Export;

/// <summary>
/// Writes the site as a recipe package: <c>site.recipe.json</c> and the files that it names. Run on an empty site it makes the
/// same state; accounts are left out, because a package must hold no secrets.
/// </summary>
public sealed class SiteExport(IEnumerable<IRecipeStep> steps, SiteSettingsRegistry settings, TimeProvider clock)
{
    public const string FileName = "site" + Recipe.Extension;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="folder">Where the package goes; it is made where it does not exist, and must be empty.</param>
    /// <param name="contentTypes">Only content of these types, without the rest of the site; empty writes everything.</param>
    /// <param name="cancellationToken">Cancels the export; what was written stays behind.</param>
    /// <returns>The names of the steps that were written.</returns>
    /// <exception cref="ExportException">Something can't be written, or the folder is not empty.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string folder, IReadOnlyCollection<string> contentTypes, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new ExportException($"The folder {folder} is not empty.");
        var context = new ExportContext(contentTypes);
        var recipe = await CreateAsync(context, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, FileName), recipe.ToJsonString(Readable), cancellationToken).ConfigureAwait(false);
        foreach (var (path, file) in context.Files)
        {
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.CopyTo(target);
        }

        return [.. recipe["steps"]!.AsArray().Select(step => step!["name"]!.ToString())];
    }

    private async Task<JsonObject> CreateAsync(ExportContext context, CancellationToken cancellationToken)
    {
        var written = new JsonArray();
        foreach (var step in steps.OfType<IExportedSteps>().OrderBy(step => step.ExportOrder).ThenBy(step => ((IRecipeStep)step).Name, StringComparer.Ordinal))
        {
            if (context.ContentTypes.Count > 0 && step is not Steps.ContentStep) continue;
            foreach (var json in await step.ExportAllAsync(context, cancellationToken).ConfigureAwait(false))
            {
                if (RecipeExpressionEvaluator.FindExpression(json) is { } text)
                    throw new ExportException($"The text “{text}” would run as an expression where the recipe is imported; change it before you export.");
                written.Add(json);
            }
        }

        return new JsonObject
        {
            ["name"] = "Export",
            ["displayName"] = $"Export of {settings.Current.SiteName}",
            ["issetuprecipe"] = false,
            ["ExportUtc"] = JsonValues.WriteMoment(clock.GetUtcNow().UtcDateTime),
            ["steps"] = written,
        };
    }
}
