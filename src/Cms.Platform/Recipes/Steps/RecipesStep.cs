namespace Cms.Platform.Recipes.Steps;

/// <summary>Runs other recipes by name, right after this step.</summary>
public sealed class RecipesStep : IRecipeStep
{
    public string Name => "recipes";

    public Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (json, path) in context.Objects("Values")) context.InnerRecipes.Add(context.Required(json, "name", path));
        return Task.CompletedTask;
    }
}
