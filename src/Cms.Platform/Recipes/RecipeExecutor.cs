using System.Diagnostics;
using System.Text.Json.Nodes;
using Cms.Platform.Recipes.Expressions;
using Cms.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Recipes;

/// <summary>Runs a recipe whole or not at all: all its steps, and the recipes that they call, in one transaction.</summary>
public sealed partial class RecipeExecutor(
    IEnumerable<IRecipeStep> steps, RecipeExpressionEvaluator expressions, CmsDbContext database, SiteDocuments documents, Outbox outbox,
    ILogger<RecipeExecutor> logger)
{
    /// <summary>Recipes that call recipes end here.</summary>
    private const int MaxDepth = 10;

    private readonly Dictionary<string, IRecipeStep> _steps = steps.ToDictionary(step => step.Name, StringComparer.OrdinalIgnoreCase);

    /// <param name="recipe">The recipe to run.</param>
    /// <param name="parameters">What <c>parameters('…')</c> yields.</param>
    /// <param name="cancellationToken">Cancels the run; nothing of it stays.</param>
    /// <exception cref="RecipeException">A step failed; nothing of the recipe was kept.</exception>
    public async Task ExecuteAsync(Recipe recipe, IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken)
    {
        if (database.Database.CurrentTransaction is not null)
        {
            await RunAsync(recipe, parameters, 0, cancellationToken).ConfigureAwait(false);
            return;
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RunAsync(recipe, parameters, 0, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
            await documents.LoadAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        await outbox.DeliverAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RunAsync(Recipe recipe, IReadOnlyDictionary<string, string> parameters, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth) throw new RecipeException(recipe.File, null, $"Recipes call each other more than {MaxDepth} deep.");
        var context = new RecipeExpressionContext(recipe.Folder, parameters, recipe.Variables);
        for (var index = 0; index < recipe.Steps.Count; index++)
        {
            var started = Stopwatch.GetTimestamp();
            var step = await RunStepAsync(recipe, index, context, cancellationToken).ConfigureAwait(false);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var stepName = step.Name;
            LogStep(logger, recipe.Name, index + 1, recipe.Steps.Count, stepName, seconds);
            foreach (var inner in step.InnerRecipes)
                await RunAsync(inner, parameters, depth + 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RecipeStepContext> RunStepAsync(
        Recipe recipe, int index, RecipeExpressionContext expressionContext, CancellationToken cancellationToken)
    {
        var name = recipe.Steps[index]["name"]?.ToString();
        if (string.IsNullOrEmpty(name)) throw new RecipeException(recipe.File, new RecipePlace(index, null, "$.name"), "The step has no name.");
        if (!_steps.TryGetValue(name, out var step))
            throw new RecipeException(recipe.File, new RecipePlace(index, name, "$.name"), $"No step is named “{name}”. Known are {string.Join(", ", _steps.Keys.Order())}.");
        try
        {
            var evaluated = expressions.Evaluate(recipe.Steps[index].DeepClone(), expressionContext, cancellationToken);
            var context = new RecipeStepContext(recipe, index, (JsonObject)evaluated);
            await step.ExecuteAsync(context, cancellationToken).ConfigureAwait(false);
            return context;
        }
        catch (RecipeExpressionException problem)
        {
            throw new RecipeException(recipe.File, new RecipePlace(index, name, problem.Path), problem.Message, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Recipe}: step {Step} of {Count}, {Name}, took {Seconds:0.000} s")]
    private static partial void LogStep(ILogger logger, string recipe, int step, int count, string name, double seconds);
}
