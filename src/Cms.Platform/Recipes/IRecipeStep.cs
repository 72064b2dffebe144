using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.FileProviders;

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
public sealed class RecipeStepContext(Recipe recipe, int index, JsonObject step, bool isLenient = false)
{
    private readonly List<string> _notes = [];
    private readonly List<string> _changes = [];

    /// <summary>The step's members; lookup ignores case.</summary>
    public JsonObject Step => step;

    /// <summary>The folder of the recipe, in which it names files.</summary>
    public IFileProvider Folder => recipe.Folder;

    /// <summary>Recipes to run right after this step.</summary>
    public List<Recipe> InnerRecipes { get; } = [];

    /// <summary>What was left out or has no effect, for whoever ran the recipe.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>What the step changed beside site documents and content, whose changes are seen without it.</summary>
    public IReadOnlyList<string> Changes => _changes;

    /// <summary>What the step came to.</summary>
    public RecipeStepOutcome Outcome { get; set; }

    /// <summary>Work outside the database that waits until the recipe's changes are stored; it must not fail.</summary>
    public List<Action> AfterCommit { get; } = [];

    /// <summary>Undoes what was prepared for <see cref="AfterCommit"/>.</summary>
    public List<Action> AfterRollback { get; } = [];

    public void Note(string note) => _notes.Add(note);

    /// <summary>Says what the step changed, such as an account: what is kept neither in site documents nor in content.</summary>
    public void Changed(string change) => _changes.Add(change);

    /// <summary>Something that this site lacks or would not accept: an error in a recipe of our own, a note in one that was written for another site.</summary>
    /// <exception cref="RecipeException">The recipe is run strictly.</exception>
    public void Missing(string path, string reason)
    {
        if (!isLenient) throw Fail(path, reason);
        Note($"{path}: {reason}");
    }

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
