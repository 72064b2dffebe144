using Cms.Core.Content;
using Cms.Core.Content.Actions;
using Cms.Core.ContentTypes;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Imports content items as they are given (content-model contract, section 5).</summary>
public sealed class ContentStep(Import import, ContentDefinitionRegistry definitions, ContentValidator validator) : IRecipeStep
{
    public string Name => "content";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (var (json, path) in context.Objects("data"))
        {
            try
            {
                await ImportAsync(ContentItemJson.Read(json), path, context, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception problem) when (problem is ContentFormatException or UniqueValueTakenException)
            {
                throw context.Fail(path, problem.Message, problem);
            }
        }
    }

    private async Task ImportAsync(ContentItem item, string path, RecipeStepContext context, CancellationToken cancellationToken)
    {
        if (item.ContentItemId.Length == 0) throw context.Fail($"{path}.ContentItemId", "The item needs an id.");
        if (definitions.Current.Type(item.ContentType) is null)
            throw context.Fail($"{path}.ContentType", $"There is no content type “{item.ContentType}”.");
        var problems = validator.Validate(item, complete: false);
        foreach (var problem in problems) context.Missing($"{path}.{problem.Path}", $"{item.ContentItemId}: {problem.Message}");
        await import.ExecuteAsync(item, cancellationToken).ConfigureAwait(false);
    }
}
