namespace Cms.Platform.Recipes.Steps;

/// <summary>Runs other recipes by name, right after this step.</summary>
public sealed class RecipesStep(RecipeCatalog catalog) : IRecipeStep
{
    public string Name => "recipes";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (json, path) in context.Objects("Values"))
        {
            try
            {
                context.InnerRecipes.Add(await catalog.FindAsync(context.Required(json, "name", path), cancellationToken).ConfigureAwait(false));
            }
            catch (RecipeException problem) when (problem.Place is null)
            {
                throw context.Fail($"{path}.name", problem.Message, problem);
            }
        }
    }
}
