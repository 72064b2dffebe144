using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using Cms.Platform.Recipes.Steps;
using Cms.Platform.Storage;

namespace Cms.Platform.Localization;

/// <summary>Translations of names that editors gave: <c>translations: [{"culture","context","key","value"}]</c>.</summary>
public sealed class TranslationsStep(SiteDocuments documents) : KeptStep(documents, "Translations", "translations", "key")
{
    /// <summary>What one translation is known by.</summary>
    internal static string KeyOf(string culture, string context, string key) => string.Join('|', culture, context, key);

    protected override string Document => DataTranslations.Document;

    protected override bool HasEffect => true;

    protected override string KeyOf(JsonObject entry, string path, RecipeStepContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return KeyOf(context.Required(entry, "culture", path), entry.TextOf("context") ?? "", context.Required(entry, "key", path));
    }
}

/// <summary>The same in its older form, <c>Translations: [{"Name": culture, "Translation": [{"Context","Key","Value"}]}]</c>, which replaces all of a culture.</summary>
public sealed class DynamicDataTranslationsStep(SiteDocuments documents) : IRecipeStep
{
    public string Name => "DynamicDataTranslations";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var kept = await documents.ReadDocumentAsync(DataTranslations.Document, cancellationToken).ConfigureAwait(false);
        foreach (var (entry, path) in context.Objects("Translations"))
        {
            var culture = context.Required(entry, "Name", path);
            foreach (var (key, value) in kept.Where(old => string.Equals((old.Value as JsonObject)?.TextOf("culture"), culture, StringComparison.OrdinalIgnoreCase)).ToList()) kept.Remove(key);
            foreach (var translation in Entries(entry, path, context))
            {
                var (name, source) = (translation.TextOf("Context") ?? "", context.Required(translation, "Key", $"{path}.Translation"));
                kept[TranslationsStep.KeyOf(culture, name, source)] = new JsonObject
                {
                    ["culture"] = culture,
                    ["context"] = name,
                    ["key"] = source,
                    ["value"] = translation.TextOf("Value"),
                };
            }
        }

        await documents.SaveDocumentAsync(DataTranslations.Document, kept, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<JsonObject> Entries(JsonObject entry, string path, RecipeStepContext context) => entry["Translation"] switch
    {
        JsonObject single => [single],
        JsonArray several => several.Select(one => one as JsonObject ?? throw context.Fail($"{path}.Translation", "Must hold objects.")),
        _ => throw context.Fail($"{path}.Translation", "Must be an object or an array of objects."),
    };
}
