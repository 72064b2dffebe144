using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media;
using Cms.Platform.Recipes.Export;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Puts files into the media folder once the recipe is stored: from Base64, or from files beside the recipe.</summary>
public sealed class MediaStep(IMediaStorage storage) : IRecipeStep, IExportedStep
{
    /// <summary>The longest file, in bytes.</summary>
    private const int MaxLength = 100 * 1024 * 1024;

    public string Name => "media";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (json, place) in context.Objects("Files"))
        {
            var path = (json.TextOf("TargetPath") ?? context.Required(json, "Path", place)).TrimStart('/');
            if (MediaTypes.Of(path) is not { } type)
                throw context.Fail($"{place}.TargetPath", $"“{path}” is of a kind that the site does not take. It takes {string.Join(", ", MediaTypes.Extensions)}.");
            await using var content = Content(json, place, context);
            if (!type.Matches(Beginning(content))) throw context.Fail($"{place}.TargetPath", $"The content of “{path}” is not of the kind that its name says.");
            try
            {
                var staged = await storage.StageAsync(path, content, cancellationToken).ConfigureAwait(false);
                context.AfterCommit.Add(() => storage.Keep(staged));
                context.AfterRollback.Add(() => storage.Discard(staged));
            }
            catch (MediaPathException problem)
            {
                throw context.Fail($"{place}.TargetPath", problem.Message, problem);
            }
        }
    }

    private static Stream Content(JsonObject json, string place, RecipeStepContext context)
    {
        if (json.TextOf("SourcePath") is { Length: > 0 } source) return Beside(source, place, context);
        if (json.TextOf("SourceUrl") is not null)
            throw context.Fail($"{place}.SourceUrl", "Files are not fetched from elsewhere; give SourcePath, a file beside the recipe, or Base64.");
        if (json.TextOf("Base64") is not { } text) throw context.Fail(place, "Give the content as Base64 or SourcePath.");
        if (text.Length > MaxLength / 3 * 4) throw context.Fail($"{place}.Base64", $"The file is longer than {MaxLength} bytes.");
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
        if (!file.Exists || file.IsDirectory) throw context.Fail($"{place}.SourcePath", $"There is no file “{source}” beside the recipe.");
        return file.Length <= MaxLength ? file.CreateReadStream() : throw context.Fail($"{place}.SourcePath", $"The file is longer than {MaxLength} bytes.");
    }

    private static byte[] Beginning(Stream content)
    {
        var beginning = new byte[16];
        var read = content.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return beginning[..read];
    }

    public int ExportOrder => 90;

    public Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var files = new JsonArray();
        foreach (var (path, file) in storage.List())
        {
            context.AddFile($"media/{path}", file);
            files.Add(new JsonObject { ["TargetPath"] = path, ["SourcePath"] = $"media/{path}" });
        }

        return Task.FromResult(files.Count == 0 ? null : new JsonObject { ["name"] = Name, ["Files"] = files });
    }
}
