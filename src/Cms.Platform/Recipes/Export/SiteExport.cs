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

    /// <summary>Bytes that wait in memory at most, about.</summary>
    private const int FlushBytes = 64 * 1024;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <param name="folder">Where the package goes; it is made where it does not exist, and must be empty.</param>
    /// <param name="contentTypes">Only content of these types, without the rest of the site; empty writes everything.</param>
    /// <param name="cancellationToken">Cancels the export; what was written stays behind.</param>
    /// <returns>The names of the steps that were written.</returns>
    /// <exception cref="ExportException">Something can't be written, or the folder is not empty.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(string folder, IReadOnlyCollection<string> contentTypes, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new ExportException($"The folder {folder} is not empty.");
        var context = new ExportContext(contentTypes);
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName);
        var written = new List<string>();
        try
        {
            await using var stream = File.Create(file);
            await using var writer = new Utf8JsonWriter(stream, Readable);
            await WriteRecipeAsync(writer, written, context, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Half a recipe must not look like one.
            File.Delete(file);
            throw;
        }

        foreach (var (path, open) in context.Files)
        {
            await using var content = await open(cancellationToken).ConfigureAwait(false) ?? throw new ExportException($"{path} was deleted while the site was exported; export it again.");
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var copy = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            await content.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        }

        return written;
    }

    private async Task WriteRecipeAsync(Utf8JsonWriter writer, List<string> written, ExportContext context, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("name", "Export");
        writer.WriteString("displayName", $"Export of {settings.Current.SiteName}");
        writer.WriteBoolean("issetuprecipe", false);
        writer.WriteString("ExportUtc", JsonValues.WriteMoment(clock.GetUtcNow().UtcDateTime));
        writer.WriteStartArray("steps");
        foreach (var step in steps.OfType<IExportedSteps>().OrderBy(step => step.ExportOrder).ThenBy(step => ((IRecipeStep)step).Name, StringComparer.Ordinal))
        {
            if (context.ContentTypes.Count > 0 && step is not Steps.ContentStep) continue;
            var isWritten = step is IStreamedStep streamed
                ? await WriteListAsync(writer, streamed, context, cancellationToken).ConfigureAwait(false)
                : Write(writer, await step.ExportAllAsync(context, cancellationToken).ConfigureAwait(false));
            if (isWritten) written.Add(((IRecipeStep)step).Name);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static async Task<bool> WriteListAsync(Utf8JsonWriter writer, IStreamedStep step, ExportContext context, CancellationToken cancellationToken)
    {
        var isBegun = false;
        await foreach (var entry in step.ListAsync(context, cancellationToken).ConfigureAwait(false))
        {
            if (!isBegun)
            {
                writer.WriteStartObject();
                writer.WriteString("name", ((IRecipeStep)step).Name);
                writer.WriteStartArray(step.ListName);
                isBegun = true;
            }

            Write(writer, entry);
            if (writer.BytesPending > FlushBytes) await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!isBegun) return false;
        writer.WriteEndArray();
        writer.WriteEndObject();
        return true;
    }

    private static bool Write(Utf8JsonWriter writer, IReadOnlyList<JsonObject> all)
    {
        foreach (var json in all) Write(writer, json);
        return all.Count > 0;
    }

    private static void Write(Utf8JsonWriter writer, JsonObject json)
    {
        if (RecipeExpressionEvaluator.FindExpression(json) is { } text)
            throw new ExportException($"The text “{text}” would run as an expression where the recipe is imported; change it before you export.");
        json.WriteTo(writer);
    }
}
