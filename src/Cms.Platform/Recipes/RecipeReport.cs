namespace Cms.Platform.Recipes;

/// <summary>How a recipe is run.</summary>
public sealed record RecipeOptions
{
    /// <summary>What <c>parameters('…')</c> yields.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Unknown steps, features and permissions, and values that our editors could not have written, are reported instead of refused: for recipes that were written for another site.</summary>
    public bool IsLenient { get; init; }

    /// <summary>Everything runs and is checked, and nothing is kept.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Called before each step: with the recipe, the step's place from 1, how many steps there are, and the step's name.</summary>
    public Action<string, int, int, string>? Starting { get; init; }

    /// <summary>Called after each step.</summary>
    public Action<RecipeStepReport>? Progress { get; init; }
}

/// <summary>What a step came to.</summary>
public enum RecipeStepOutcome
{
    Applied,
    /// <summary>Its data are kept and exported, but have no effect here yet.</summary>
    Kept,
    /// <summary>Not done: this site can't, or does not know the step.</summary>
    Skipped,
}

/// <summary>One step that was run.</summary>
/// <param name="Recipe">The name of the recipe, which may be one that another called.</param>
/// <param name="Number">The step's place, from 1.</param>
/// <param name="Count">How many steps the recipe has.</param>
/// <param name="Name">The step's name.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Notes">What was left out, sentence by sentence.</param>
/// <param name="Changes">What it changed, or in a dry run would change.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record RecipeStepReport(
    string Recipe, int Number, int Count, string Name, RecipeStepOutcome Outcome, IReadOnlyList<string> Notes, IReadOnlyList<string> Changes, TimeSpan Elapsed);

/// <summary>What running a recipe did.</summary>
/// <param name="Steps">The steps in the order in which they ran.</param>
/// <param name="Changes">
/// What is, or in a dry run would be, otherwise than before: documents of the site, items with what happened to them, accounts, roles,
/// apps and files. Empty inside a transaction of the caller's.
/// </param>
public sealed record RecipeReport(IReadOnlyList<RecipeStepReport> Steps, IReadOnlyList<string> Changes);
