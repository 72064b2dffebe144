using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Export;

/// <summary>What a plan writes.</summary>
/// <param name="Steps">Its steps, in its order.</param>
/// <param name="Unknown">The kinds of steps that this site can't write.</param>
public sealed record ExportPlan(IReadOnlyList<PlannedStep> Steps, IReadOnlyList<string> Unknown);

/// <summary>The plans of exports that recipes brought (step <c>deployment</c>).</summary>
public sealed class ExportPlans(SiteDocuments documents)
{
    /// <summary>The site document that keeps them, and the step that brings them.</summary>
    public const string Document = "deployment";

    /// <exception cref="ExportException">There is no such plan, or a step of it does not say what it is to write.</exception>
    public async Task<ExportPlan> FindAsync(string name, CancellationToken cancellationToken)
    {
        var all = await documents.ReadDocumentAsync(Document, cancellationToken).ConfigureAwait(false);
        var plan = all.FirstOrDefault(entry => string.Equals(entry.Key, name, StringComparison.OrdinalIgnoreCase)).Value as JsonObject
            ?? throw new ExportException($"There is no plan “{name}”. {(all.Count == 0 ? "The site has none." : $"Known are {string.Join(", ", all.Select(entry => entry.Key).Order(StringComparer.Ordinal))}.")}");
        var steps = new List<PlannedStep>();
        var unknown = new List<string>();
        foreach (var entry in (plan["Steps"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var kind = entry.TextOf("Type") ?? "";
            if (PlannedSteps.Find(kind, entry["Step"] as JsonObject ?? []) is { } step) steps.Add(step);
            else unknown.Add(kind);
        }

        return new ExportPlan(steps, unknown);
    }
}
