using System.Text.Json;
using Cms.Core.ContentTypes;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Creates and merges content types and parts (content-model contract, section 2).</summary>
public class ContentDefinitionStep(SiteDocuments documents, ContentDefinitionRegistry definitions) : IRecipeStep
{
    public virtual string Name => "ContentDefinition";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await documents.SaveDefinitionsAsync(Changed(definitions.Current, context), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ContentDefinitionException or JsonException)
        {
            throw context.Fail("$", problem.Message, problem);
        }
    }

    /// <summary>The definitions after the step.</summary>
    protected virtual ContentDefinitions Changed(ContentDefinitions current, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ContentDefinitionJson.Merge(current, context.Step);
    }
}

/// <summary>Makes the listed types and parts anew: nothing of what they were stays.</summary>
public sealed class ReplaceContentDefinitionStep(SiteDocuments documents, ContentDefinitionRegistry definitions) : ContentDefinitionStep(documents, definitions)
{
    public override string Name => "ReplaceContentDefinition";

    protected override ContentDefinitions Changed(ContentDefinitions current, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ContentDefinitionJson.Replace(current, context.Step);
    }
}

/// <summary>Removes types and parts by name. Items of a removed type stay in the database, out of reach until the type is back.</summary>
public sealed class DeleteContentDefinitionStep(SiteDocuments documents, ContentDefinitionRegistry definitions) : ContentDefinitionStep(documents, definitions)
{
    public override string Name => "DeleteContentDefinition";

    protected override ContentDefinitions Changed(ContentDefinitions current, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(context);
        return current.Without(context.Texts("ContentTypes"), context.Texts("ContentParts"));
    }
}
