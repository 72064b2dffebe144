using System.Text.Json;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Recipes.Export;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>A step that changes content types and parts (content-model contract, section 2).</summary>
public abstract class DefinitionStep(
    SiteDocuments documents, ContentDefinitionRegistry definitions, IReadOnlyCollection<IDefinitionCheck> checks) : IRecipeStep
{
    public abstract string Name { get; }

    /// <summary>The definitions after the step.</summary>
    /// <exception cref="ContentDefinitionException">A record is malformed.</exception>
    protected abstract ContentDefinitions Changed(ContentDefinitions current, RecipeStepContext context);

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            var changed = Changed(definitions.Current, context);
            foreach (var problem in checks.SelectMany(check => check.Check(changed)).Except(checks.SelectMany(check => check.Check(definitions.Current))))
            {
                if (problem.IsError) context.Missing("$", problem.ToString());
                else context.Note(problem.ToString());
            }

            await documents.SaveDefinitionsAsync(changed, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ContentDefinitionException or JsonException)
        {
            throw context.Fail("$", problem.Message, problem);
        }
    }
}

/// <summary>Creates and merges types and parts.</summary>
public sealed class ContentDefinitionStep(SiteDocuments documents, ContentDefinitionRegistry definitions, IEnumerable<IDefinitionCheck> checks)
    : DefinitionStep(documents, definitions, [.. checks]), IExportedStep
{
    private readonly ContentDefinitionRegistry _definitions = definitions;

    public override string Name => "ContentDefinition";

    /// <summary>What an export asks for a type by.</summary>
    internal static string NameOfType(string type) => "ContentTypes/" + type;

    /// <summary>What an export asks for a part by.</summary>
    internal static string NameOfPart(string part) => "ContentParts/" + part;

    public int ExportOrder => 30;

    public Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var step = new JsonObject { ["name"] = Name };
        foreach (var (key, value) in ContentDefinitionJson.Write(_definitions.Current))
            step[key] = new JsonArray([.. value!.AsArray().Where(record => context.Includes($"{key}/{record![nameof(Name)]}")).Select(record => record!.DeepClone())]);
        return Task.FromResult<JsonObject?>(step);
    }

    protected override ContentDefinitions Changed(ContentDefinitions current, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ContentDefinitionJson.Merge(current, context.Step);
    }
}

/// <summary>Makes the listed types and parts anew: nothing of what they were stays.</summary>
public sealed class ReplaceContentDefinitionStep(SiteDocuments documents, ContentDefinitionRegistry definitions, IEnumerable<IDefinitionCheck> checks)
    : DefinitionStep(documents, definitions, [.. checks])
{
    public override string Name => "ReplaceContentDefinition";

    protected override ContentDefinitions Changed(ContentDefinitions current, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ContentDefinitionJson.Replace(current, context.Step);
    }
}

/// <summary>Removes types and parts by name. Items of a removed type stay in the database, out of reach until the type is back.</summary>
public sealed class DeleteContentDefinitionStep(SiteDocuments documents, ContentDefinitionRegistry definitions, IEnumerable<IDefinitionCheck> checks)
    : DefinitionStep(documents, definitions, [.. checks])
{
    public override string Name => "DeleteContentDefinition";

    protected override ContentDefinitions Changed(ContentDefinitions current, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(context);
        return current.Without(context.Texts("ContentTypes"), context.Texts("ContentParts"));
    }
}
