using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cms.Platform.Recipes;

/// <summary>One kind of recipe step (recipes contract, section 3). Runs inside the recipe's transaction.</summary>
public interface IRecipeStep
{
    /// <summary>The step's name; compared without case.</summary>
    string Name { get; }

    /// <exception cref="RecipeException">The step can't be run; use <see cref="RecipeStepContext.Fail"/>.</exception>
    Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken);
}

/// <summary>What a step gets: its JSON with all expressions evaluated, and a way to say where it failed.</summary>
public sealed class RecipeStepContext(Recipe recipe, int index, JsonObject step)
{
    /// <summary>The step's members; lookup ignores case.</summary>
    public JsonObject Step => step;

    /// <summary>Recipes to run right after this step.</summary>
    public List<Recipe> InnerRecipes { get; } = [];

    public string Name => step["name"]?.ToString() ?? "";

    public RecipeException Fail(string path, string reason, Exception? cause = null) =>
        new(recipe.File, new RecipePlace(index, Name, path), reason, cause);

    /// <summary>The member as array of objects with their paths; absent means none.</summary>
    public IEnumerable<(JsonObject Json, string Path)> Objects(string member)
    {
        if (step[member] is null) yield break;
        var array = step[member] as JsonArray ?? throw Fail($"$.{member}", "Must be an array.");
        for (var i = 0; i < array.Count; i++)
            yield return (array[i] as JsonObject ?? throw Fail($"$.{member}[{i}]", "Must be an object."), $"$.{member}[{i}]");
    }

    /// <summary>The member as array of texts; absent means none.</summary>
    public IReadOnlyList<string> Texts(string member) => Texts(step, member, $"$.{member}");

    public IReadOnlyList<string> Texts(JsonObject json, string member, string path)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json[member] is null) return [];
        var array = json[member] as JsonArray ?? throw Fail(path, "Must be an array of texts.");
        return [.. array.Select((element, i) => element is JsonValue value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : throw Fail($"{path}[{i}]", "Must be a text."))];
    }

    /// <summary>The object's member as text that must be there.</summary>
    public string Required(JsonObject json, string member, string path)
    {
        ArgumentNullException.ThrowIfNull(json);
        return json[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text
            ? text
            : throw Fail($"{path}.{member}", $"{member} is missing; give a text that is not empty.");
    }
}
