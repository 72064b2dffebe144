using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Fields;
using Cms.Platform.Media;
using Cms.Platform.Recipes.Export;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Puts files into the media folder once the recipe is stored: from Base64, or from files beside the recipe.</summary>
public sealed class MediaStep(IMediaStorage storage, MediaTypes types, IOptions<MediaOptions> options) : IRecipeStep, IExportedStep
{
    public string Name => "media";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var places = new Dictionary<string, string>();
        foreach (var (json, place) in context.Objects("Files"))
        {
            var path = (json.TextOf("TargetPath") ?? context.Required(json, "Path", place)).TrimStart('/');
            if (!places.TryAdd(path, place)) context.Missing($"{place}.TargetPath", $"The file “{path}” is {places[path]} too; leave one out.");
            await using var content = Content(json, place, context);
            if (await types.ProblemOfAsync(path, content, cancellationToken).ConfigureAwait(false) is { } problem) throw context.Fail($"{place}.TargetPath", FormattableString.Invariant(problem));
            if (await IsThereAsync(path, content, cancellationToken).ConfigureAwait(false)) continue;
            try
            {
                var staged = await storage.StageAsync(path, content, cancellationToken).ConfigureAwait(false);
                context.AfterCommit.Add(() => storage.Keep(staged, overwrite: true));
                context.AfterRollback.Add(() => storage.Discard(staged));
                context.Changed($"Media file: {path}");
            }
            catch (MediaPathException problemOfPath)
            {
                throw context.Fail($"{place}.TargetPath", problemOfPath.Message, problemOfPath);
            }
        }
    }

    /// <summary>Whether the very same bytes are there already; what readers have of the file stays good then.</summary>
    private async Task<bool> IsThereAsync(string path, Stream content, CancellationToken cancellationToken)
    {
        if (await storage.FindAsync(path, cancellationToken).ConfigureAwait(false) is not { } file || file.Length != content.Length) return false;
        await using var stored = await storage.OpenAsync(file, cancellationToken).ConfigureAwait(false);
        if (stored is null) return false;
        var given = await SHA256.HashDataAsync(content, cancellationToken).ConfigureAwait(false);
        content.Position = 0;
        var there = await SHA256.HashDataAsync(stored, cancellationToken).ConfigureAwait(false);
        return given.AsSpan().SequenceEqual(there);
    }

    private Stream Content(JsonObject json, string place, RecipeStepContext context)
    {
        if (json.TextOf("SourcePath") is { Length: > 0 } source) return Beside(source, place, context);
        if (json.TextOf("SourceUrl") is not null)
            throw context.Fail($"{place}.SourceUrl", "Files are not fetched from elsewhere; give SourcePath, a file beside the recipe, or Base64.");
        if (json.TextOf("Base64") is not { } text) throw context.Fail(place, "Give the content as Base64 or SourcePath.");
        if (text.Length / 4 * 3L > options.Value.MaxFileSize + 3L) throw context.Fail($"{place}.Base64", $"The file is longer than {options.Value.MaxFileSize} bytes.");
        try
        {
            return new MemoryStream(Convert.FromBase64String(text));
        }
        catch (FormatException problem)
        {
            throw context.Fail($"{place}.Base64", "The text is not Base64.", problem);
        }
    }

    private static Stream Beside(string source, string place, RecipeStepContext context)
    {
        var file = context.Folder.GetFileInfo(source);
        return file.Exists && !file.IsDirectory ? file.CreateReadStream() : throw context.Fail($"{place}.SourcePath", $"There is no file “{source}” beside the recipe.");
    }

    public int ExportOrder => 90;

    public async Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var files = new JsonArray();
        await foreach (var file in storage.ListAllAsync("", cancellationToken).Where(file => IsAsked(file.Path, context)).ConfigureAwait(false))
        {
            context.AddFile($"media/{file.Path}", token => storage.OpenAsync(file, token));
            files.Add(new JsonObject { ["TargetPath"] = file.Path, ["SourcePath"] = $"media/{file.Path}" });
        }

        return files.Count == 0 ? null : new JsonObject { ["name"] = Name, ["Files"] = files };
    }

    /// <summary>A file is named itself, or with one of the folders that it is in.</summary>
    private static bool IsAsked(string path, ExportContext context)
    {
        for (; path.Length > 0; path = MediaPath.FolderOf(path))
        {
            if (context.Includes(path)) return true;
        }

        return false;
    }
}
