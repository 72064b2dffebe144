using System.Text.Json.Nodes;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Steps;
using Cms.Platform.Storage;

namespace Cms.Modules.Rewriting;

/// <summary>Redirects and rewrites, by id.</summary>
public sealed class UrlRewritingStep(SiteDocuments documents, RewriteRules rules) : KeptStep(documents, RewriteRules.Document, "Rules", "Id")
{
    protected override bool HasEffect => true;

    protected override void Check(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            RewriteRule.Read(entry);
            context.AfterCommit.Add(rules.Forget);
        }
        catch (FormatException problem)
        {
            var (member, reason) = problem.Message.Split(": ", 2) is [var first, var rest] ? (first, rest) : ("", problem.Message);
            throw context.Fail($"{path}.{member}", reason);
        }
    }
}
