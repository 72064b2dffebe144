using System.Diagnostics;
using System.Text.Json.Nodes;
using Cms.Platform.Recipes.Expressions;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore.Storage;
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

    private readonly List<RecipeStepReport> _reports = [];
    private readonly List<string> _ownChanges = [];
    private readonly List<Action> _afterCommit = [];
    private readonly List<Action> _afterRollback = [];

    /// <summary>Null inside a transaction of the caller's, which is a setup: there everything is new.</summary>
    private RecipeChanges? _changes;

    /// <exception cref="RecipeException">A step failed; nothing of the recipe was kept.</exception>
    public async Task<RecipeReport> ExecuteAsync(Recipe recipe, RecipeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        _reports.Clear();
        _ownChanges.Clear();
        _afterCommit.Clear();
        _afterRollback.Clear();
        if (database.Database.CurrentTransaction is not null)
        {
            return await RunWithinAsync(recipe, options, cancellationToken).ConfigureAwait(false);
        }

        var report = await StoreAsync(recipe, options, cancellationToken).ConfigureAwait(false);
        if (options.IsDryRun) return report;
        var problems = AfterCommit();
        await outbox.DeliverAsync().ConfigureAwait(false);
        return problems.Count == 0 ? report : throw new RecipeException(
            recipe.File, null, $"The recipe was stored, and something that belongs to it was not: {string.Join(" ", problems.Select(problem => problem.Message))} Run it again.")
        { IsStored = true };
    }

    private async Task<RecipeReport> StoreAsync(Recipe recipe, RecipeOptions options, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Another process may have changed definitions since this one looked.
            await documents.RefreshAsync(cancellationToken).ConfigureAwait(false);
            _changes = await RecipeChanges.StartAsync(database, cancellationToken).ConfigureAwait(false);
            await RunAsync(recipe, options, 0, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> changes = [.. await _changes.AllAsync(cancellationToken).ConfigureAwait(false), .. _ownChanges];
            if (options.IsDryRun) await UndoAsync(transaction).ConfigureAwait(false);
            else await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return new RecipeReport([.. _reports], changes);
        }
        catch
        {
            await UndoAsync(transaction).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What can't be undone is done when everything else is stored; one that fails keeps no other from being done.</summary>
    private List<Exception> AfterCommit()
    {
        var problems = new List<Exception>();
        foreach (var act in _afterCommit)
        {
            try
            {
                act();
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                problems.Add(problem);
            }
        }

        return problems;
    }

    /// <summary>Inside a transaction of the caller's, who commits it, or rolls it back when this throws.</summary>
    private async Task<RecipeReport> RunWithinAsync(Recipe recipe, RecipeOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(recipe, options, 0, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _afterRollback.ForEach(act => act());
            throw;
        }

        _afterCommit.ForEach(act => act());
        return new RecipeReport([.. _reports], []);
    }

    private async Task UndoAsync(IDbContextTransaction transaction)
    {
        await transaction.RollbackAsync(CancellationToken.None).ConfigureAwait(false);
        _afterRollback.ForEach(act => act());
        await documents.LoadAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RunAsync(Recipe recipe, RecipeOptions options, int depth, CancellationToken cancellationToken)
    {
        if (depth > MaxDepth) throw new RecipeException(recipe.File, null, $"Recipes call each other more than {MaxDepth} deep.");
        var context = new RecipeExpressionContext(recipe.Folder, options.Parameters, recipe.Variables);
        for (var index = 0; index < recipe.Steps.Count; index++)
        {
            var started = Stopwatch.GetTimestamp();
            options.Starting?.Invoke(recipe.Name, index + 1, recipe.Steps.Count, recipe.Steps[index]["name"]?.ToString() ?? "");
            var step = await RunStepAsync(recipe, index, context, options, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> changes = _changes is null ? step.Changes : [.. await _changes.NextAsync(cancellationToken).ConfigureAwait(false), .. step.Changes];
            _ownChanges.AddRange(step.Changes);
            var report = new RecipeStepReport(
                recipe.Name, index + 1, recipe.Steps.Count, step.Name, step.Outcome, step.Notes, changes, Stopwatch.GetElapsedTime(started));
            _reports.Add(report);
            _afterCommit.AddRange(step.AfterCommit);
            Log(report);
            options.Progress?.Invoke(report);
            foreach (var inner in step.InnerRecipes)
                await RunAsync(inner, options, depth + 1, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<RecipeStepContext> RunStepAsync(
        Recipe recipe, int index, RecipeExpressionContext expressionContext, RecipeOptions options, CancellationToken cancellationToken)
    {
        var name = recipe.Steps[index]["name"]?.ToString();
        if (string.IsNullOrEmpty(name)) throw new RecipeException(recipe.File, new RecipePlace(index, null, "$.name"), "The step has no name.");
        if (!_steps.TryGetValue(name, out var step)) return Skipped(recipe, index, name, options);
        try
        {
            var evaluated = expressions.Evaluate(recipe.Steps[index].DeepClone(), expressionContext, cancellationToken);
            var context = new RecipeStepContext(recipe, index, (JsonObject)evaluated, options.IsLenient);
            try
            {
                await step.ExecuteAsync(context, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _afterRollback.AddRange(context.AfterRollback);
            }

            return context;
        }
        catch (RecipeExpressionException problem)
        {
            throw new RecipeException(recipe.File, new RecipePlace(index, name, problem.Path), problem.Message, problem);
        }
    }

    /// <summary>A step of the contract that we can't do is reported; one that nobody knows is a slip of the pen until somebody says otherwise.</summary>
    private RecipeStepContext Skipped(Recipe recipe, int index, string name, RecipeOptions options)
    {
        var context = new RecipeStepContext(recipe, index, recipe.Steps[index], options.IsLenient) { Outcome = RecipeStepOutcome.Skipped };
        if (ContractSteps.Contains(name)) context.Note($"The step “{name}” is not supported here.");
        else context.Missing("$.name", $"No step is named “{name}”. Known are {string.Join(", ", _steps.Keys.Order())}.");
        return context;
    }

    private void Log(RecipeStepReport report)
    {
        var (name, outcome, seconds) = (report.Name, report.Outcome, report.Elapsed.TotalSeconds);
        LogStep(logger, report.Recipe, report.Number, report.Count, name, outcome, seconds);
        foreach (var note in report.Notes) LogNote(logger, report.Recipe, report.Number, note);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Recipe}: step {Step} of {Count}, {Name}, {Outcome} in {Seconds:0.000} s")]
    private static partial void LogStep(ILogger logger, string recipe, int step, int count, string name, RecipeStepOutcome outcome, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Recipe}: step {Step}: {Note}")]
    private static partial void LogNote(ILogger logger, string recipe, int step, string note);
}
