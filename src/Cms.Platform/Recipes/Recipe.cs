using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Microsoft.Extensions.FileProviders;

namespace Cms.Platform.Recipes;

/// <summary>A recipe file as read (recipes contract, section 1): comments and trailing commas are accepted.</summary>
/// <param name="Name">The unique name by which setup and other recipes call it.</param>
/// <param name="File">Its path under the content root, for messages.</param>
/// <param name="Folder">Where the recipe's own relative paths begin.</param>
/// <param name="Variables">Texts that expressions may name, evaluated on first use.</param>
/// <param name="Steps">The steps in order.</param>
public sealed record Recipe(string Name, string File, IFileProvider Folder, JsonObject Variables, IReadOnlyList<JsonObject> Steps)
{
    public const string Extension = ".recipe.json";

    internal static readonly JsonDocumentOptions Reading = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 128,
    };

    private static readonly JsonNodeOptions IgnoreCase = new() { PropertyNameCaseInsensitive = true };

    /// <exception cref="RecipeException">The file is not a recipe; the message names the place.</exception>
    public static Recipe Read(string file, string json, IFileProvider folder)
    {
        JsonNode? root;
        try
        {
            if (JsonTexts.FindBroken(Encoding.UTF8.GetBytes(json), Reading) is { } path)
                throw new RecipeException(file, null, $"The text at $.{path} has a character that no text can have: half of a surrogate pair, or the character zero.");
            root = JsonNode.Parse(json, IgnoreCase, Reading);
            if (root is not JsonObject) throw new RecipeException(file, null, "The file must hold a JSON object.");
            return Read(file, root.AsObject(), folder);
        }
        catch (JsonException problem)
        {
            throw new RecipeException(file, null, $"Malformed JSON at line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1}: {problem.Message}", problem);
        }
        catch (ArgumentException problem)
        {
            throw new RecipeException(file, null, $"A name occurs twice in one object: {problem.Message}", problem);
        }
    }

    private static Recipe Read(string file, JsonObject root, IFileProvider folder)
    {
        if (root["name"] is not JsonValue name || !name.TryGetValue<string>(out var text) || text.Length == 0)
            throw new RecipeException(file, null, "The recipe needs a name, a text that is not empty.");
        if (root["steps"] is not JsonArray steps) throw new RecipeException(file, null, "The recipe needs steps, an array.");
        if (root["variables"] is not (null or JsonObject)) throw new RecipeException(file, null, "variables must be an object of texts.");
        var objects = steps.Select((step, index) => step as JsonObject
            ?? throw new RecipeException(file, new RecipePlace(index, null, "$"), "A step must be an object.")).ToList();
        for (var index = 0; index < objects.Count; index++) CheckNames(objects[index], "$", file, index);
        return new Recipe(text, file, folder, root["variables"] as JsonObject ?? [], objects);
    }

    /// <summary>Objects are read when they are first asked for, and only then refuse a name that occurs twice, whatever its case.</summary>
    private static void CheckNames(JsonNode? node, string path, string file, int step)
    {
        try
        {
            if (node is JsonObject json)
            {
                foreach (var (name, value) in json) CheckNames(value, $"{path}.{name}", file, step);
            }
            else if (node is JsonArray array)
            {
                for (var i = 0; i < array.Count; i++) CheckNames(array[i], $"{path}[{i}]", file, step);
            }
        }
        catch (ArgumentException problem)
        {
            throw new RecipeException(file, new RecipePlace(step, null, path), $"A name occurs twice in one object: {problem.Message}", problem);
        }
    }
}

/// <summary>Where in a recipe: the step's index from 0, its name and the path inside it.</summary>
public sealed record RecipePlace(int Step, string? Name, string Path);

/// <summary>A recipe can't be run; the message names file, step, path and reason.</summary>
public sealed class RecipeException : Exception
{
    public RecipeException(string file, RecipePlace? place, string reason, Exception? innerException = null)
        : base(Describe(file, place, reason), innerException)
    {
        File = file;
        Place = place;
        Reason = reason;
    }

    /// <summary>The recipe itself was stored, and only something beside it failed.</summary>
    public bool IsStored { get; init; }

    public string File { get; }

    public RecipePlace? Place { get; }

    public string Reason { get; }

    private static string Describe(string file, RecipePlace? place, string reason) =>
        place is null ? $"{file}: {reason}" : $"{file}, step {place.Step} ({place.Name ?? "without name"}), {place.Path}: {reason}";
}
