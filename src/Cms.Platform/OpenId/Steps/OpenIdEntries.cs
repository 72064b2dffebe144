using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Platform.Recipes;
using OpenIddict.Abstractions;

namespace Cms.Platform.OpenId.Steps;

/// <summary>What the steps for applications and scopes share.</summary>
internal static class OpenIdEntries
{
    /// <summary>Words separated by spaces.</summary>
    public static string[] Words(JsonObject json, string member) =>
        (json.TextOf(member) ?? "").Split([' ', '\n', '\r', '\t', ','], StringSplitOptions.RemoveEmptyEntries);

    /// <exception cref="RecipeException">OpenIddict refuses what the step says.</exception>
    public static async Task SaveAsync(Func<Task> save, RecipeStepContext context)
    {
        try
        {
            await save().ConfigureAwait(false);
        }
        catch (OpenIddictExceptions.ValidationException problem)
        {
            throw context.Fail("$", string.Join(" ", problem.Results.Select(result => result.ErrorMessage)), problem);
        }
    }
}
