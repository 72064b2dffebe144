using System.Text.Json;
using Cms.Core.ContentTypes;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Creates and merges content types and parts (content-model contract, section 2).</summary>
public sealed class ContentDefinitionStep(SiteDocuments documents, ContentDefinitionRegistry definitions) : IRecipeStep
{
    public string Name => "ContentDefinition";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            await documents.SaveDefinitionsAsync(ContentDefinitionJson.Merge(definitions.Current, context.Step), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ContentDefinitionException or JsonException)
        {
            throw context.Fail("$", problem.Message, problem);
        }
    }
}
