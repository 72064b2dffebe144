using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.ContentTypes;
using Cms.Platform.Identity;
using Cms.Platform.Recipes.Export;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Recipes.Steps;

/// <summary>
/// Replaces custom settings of users: the step's first array holds <c>{"userId", "user-custom-user-settings": [items]}</c>. They are
/// people's data, so that only a plan that asks for them exports them.
/// </summary>
public sealed class CustomUserSettingsStep(
    CustomUserSettings settings, UserManager<CmsIdentityUser> users, ContentDefinitionRegistry definitions, ContentValidator validator)
    : IRecipeStep, IExportedStep
{
    internal const string StepName = "custom-user-settings";

    private const string ListName = "custom-user-settings";
    private const string UserId = "userId";
    private const string Items = "user-custom-user-settings";

    public string Name => StepName;

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Step.FirstOrDefault(member => member.Value is JsonArray).Key is not { } list)
            throw context.Fail("$", $"Give an array of objects with {UserId} and {Items}.");
        foreach (var (json, path) in context.Objects(list))
        {
            var id = context.Required(json, UserId, path);
            if (await users.FindByIdAsync(id).ConfigureAwait(false) is null)
            {
                context.Missing($"{path}.{UserId}", $"There is no user “{id}”.");
                continue;
            }

            foreach (var item in ItemsOf(json, path, context))
            {
                if (await settings.SaveAsync(id, item, cancellationToken).ConfigureAwait(false)) context.Changed($"Custom settings: {item.ContentType} of the user {id}");
            }
        }
    }

    private IEnumerable<ContentItem> ItemsOf(JsonObject json, string path, RecipeStepContext context)
    {
        if (json[Items] is not JsonArray items) throw context.Fail($"{path}.{Items}", "Must be an array of content items.");
        for (var i = 0; i < items.Count; i++)
        {
            var place = $"{path}.{Items}[{i}]";
            yield return Checked(items[i] as JsonObject ?? throw context.Fail(place, "Must be a content item."), place, context);
        }
    }

    private ContentItem Checked(JsonObject json, string place, RecipeStepContext context)
    {
        try
        {
            var item = ContentItemJson.Read(json);
            if (!definitions.Current.WithStereotype(CustomUserSettings.Stereotype).Any(type => type.Name == item.ContentType))
                throw context.Fail($"{place}.ContentType", $"There is no content type “{item.ContentType}” with the stereotype {CustomUserSettings.Stereotype}.");
            var problems = validator.Validate(item, complete: true);
            return problems.Count == 0 ? item : throw context.Fail($"{place}.{problems[0].Path}", problems[0].Message);
        }
        catch (ContentFormatException problem)
        {
            throw context.Fail(place, problem.Message, problem);
        }
    }

    /// <summary>After the accounts, which another way brings.</summary>
    public int ExportOrder => 75;

    public bool IsOnDemand => true;

    public async Task<JsonObject?> ExportAsync(ExportContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var all = await settings.AllAsync(cancellationToken).ConfigureAwait(false);
        var byUser = all.Where(entry => context.Includes(entry.Item.ContentType)).GroupBy(entry => entry.UserId, entry => entry.Item).Select(group => new JsonObject
        {
            [UserId] = group.Key,
            [Items] = new JsonArray([.. group.Select(ContentItemJson.Write)]),
        }).ToArray<JsonNode>();
        return byUser.Length == 0 ? null : new JsonObject { ["name"] = Name, [ListName] = new JsonArray(byUser) };
    }
}
