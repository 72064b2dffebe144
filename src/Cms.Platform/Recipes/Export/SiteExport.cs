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

    private readonly Dictionary<string, IExportedSteps> _steps = steps.OfType<IExportedSteps>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the whole site, or content of some types.</summary>
    /// <param name="folder">Where the package goes; it is made where it does not exist, and must be empty.</param>
    /// <param name="contentTypes">Only content of these types, without the rest of the site; empty writes everything.</param>
    /// <param name="cancellationToken">Cancels the export; what was written stays behind.</param>
    /// <returns>The names of the steps that were written.</returns>
    /// <exception cref="ExportException">Something can't be written, or the folder is not empty.</exception>
    public Task<IReadOnlyList<string>> WriteAsync(string folder, IReadOnlyCollection<string> contentTypes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(contentTypes);
        IReadOnlyList<PlannedStep> planned = contentTypes.Count > 0
            ? [new PlannedStep(Steps.ContentStep.StepName) { ContentTypes = [.. contentTypes] }]
            : [.. _steps.Values.Where(step => !step.IsOnDemand).OrderBy(step => step.ExportOrder).ThenBy(NameOf, StringComparer.Ordinal).Select(step => new PlannedStep(NameOf(step)))];
        return WritePlanAsync(folder, planned, cancellationToken);
    }

    /// <summary>Writes what a plan asks for, in its order.</summary>
    /// <returns>The names of the steps that were written.</returns>
    /// <exception cref="ExportException">Something can't be written, or the folder is not empty.</exception>
    public async Task<IReadOnlyList<string>> WritePlanAsync(string folder, IReadOnlyList<PlannedStep> planned, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(planned);
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new ExportException($"The folder {folder} is not empty.");
        var context = new ExportContext();
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, FileName);
        var written = new List<string>();
        try
        {
            await using var stream = File.Create(file);
            await using var writer = new Utf8JsonWriter(stream, Readable);
            await WriteRecipeAsync(writer, planned, written, context, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // Half a recipe must not look like one.
            File.Delete(file);
            throw;
        }

        await CopyFilesAsync(folder, context, cancellationToken).ConfigureAwait(false);
        return written;
    }

    private static async Task CopyFilesAsync(string folder, ExportContext context, CancellationToken cancellationToken)
    {
        foreach (var (path, open) in context.Files)
        {
            await using var content = await open(cancellationToken).ConfigureAwait(false) ?? throw new ExportException($"{path} was deleted while the site was exported; export it again.");
            var target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var copy = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            await content.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteRecipeAsync(
        Utf8JsonWriter writer, IReadOnlyList<PlannedStep> planned, List<string> written, ExportContext context, CancellationToken cancellationToken)
    {
        writer.WriteStartObject();
        writer.WriteString("name", "Export");
        writer.WriteString("displayName", $"Export of {settings.Current.SiteName}");
        writer.WriteBoolean("issetuprecipe", false);
        writer.WriteString("ExportUtc", JsonValues.WriteMoment(clock.GetUtcNow().UtcDateTime));
        writer.WriteStartArray("steps");
        foreach (var plan in planned)
        {
            if (await WriteStepAsync(writer, plan, context.For(plan.ContentTypes, plan.Names), cancellationToken).ConfigureAwait(false)) written.Add(plan.Renamed ?? plan.Step);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private async Task<bool> WriteStepAsync(Utf8JsonWriter writer, PlannedStep plan, ExportContext context, CancellationToken cancellationToken)
    {
        if (plan.Given is { } given)
        {
            Write(writer, given, plan.HasExpressions);
            return true;
        }

        var step = _steps[plan.Step];
        if (step is IStreamedStep streamed) return await WriteListAsync(writer, streamed, context, cancellationToken).ConfigureAwait(false);
        var all = await step.ExportAllAsync(context, cancellationToken).ConfigureAwait(false);
        foreach (var json in all)
        {
            json["name"] = plan.Renamed ?? plan.Step;
            Write(writer, json);
        }

        return all.Count > 0;
    }

    private static async Task<bool> WriteListAsync(Utf8JsonWriter writer, IStreamedStep step, ExportContext context, CancellationToken cancellationToken)
    {
        var isBegun = false;
        await foreach (var entry in step.ListAsync(context, cancellationToken).ConfigureAwait(false))
        {
            if (!isBegun)
            {
                writer.WriteStartObject();
                writer.WriteString("name", NameOf(step));
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

    private static void Write(Utf8JsonWriter writer, JsonObject json, bool hasExpressions = false)
    {
        if (!hasExpressions && RecipeExpressionEvaluator.FindExpression(json) is { } text)
            throw new ExportException($"The text “{text}” would run as an expression where the recipe is imported; change it before you export.");
        json.WriteTo(writer);
    }

    private static string NameOf(IExportedSteps step) => ((IRecipeStep)step).Name;
}
