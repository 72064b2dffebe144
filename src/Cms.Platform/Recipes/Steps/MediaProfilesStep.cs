using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Media;
using Cms.Platform.Media.Images;
using Cms.Platform.Storage;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Sizes of images by name, which templates and apps ask for.</summary>
public sealed class MediaProfilesStep(SiteDocuments documents) : KeptStep(documents, MediaProfiles.Document, "MediaProfiles", null)
{
    protected override bool HasEffect => true;

    protected override void Check(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            _ = ImageCommands.Read(MediaProfiles.Commands(entry));
        }
        catch (ImageCommandException problem)
        {
            context.Missing(path, problem.Message);
        }
    }
}
