using System.Text.RegularExpressions;
using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Runs commands; <c>createUser /UserName:… /Password:… /Email:… /PhoneNumber:… /Roles:A,B</c> is the one there is.</summary>
public sealed partial class CommandStep(UserManager<CmsIdentityUser> users) : IRecipeStep
{
    public string Name => "command";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var commands = context.Texts("Commands");
        for (var i = 0; i < commands.Count; i++)
        {
            var path = $"$.Commands[{i}]";
            if (commands[i].StartsWith("createUser ", StringComparison.OrdinalIgnoreCase)) await CreateUserAsync(commands[i], path, context).ConfigureAwait(false);
            else context.Missing(path, $"There is no command “{commands[i].Split(' ')[0]}”.");
        }
    }

    private async Task CreateUserAsync(string command, string path, RecipeStepContext context)
    {
        var switches = Switch().Matches(command).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value.Trim('"'), StringComparer.OrdinalIgnoreCase);
        string Of(string name) => switches.GetValueOrDefault(name) ?? throw context.Fail(path, $"/{name} is missing.");
        var user = new CmsIdentityUser { UserName = Of("UserName"), Email = Of("Email"), PhoneNumber = switches.GetValueOrDefault("PhoneNumber"), EmailConfirmed = true };
        await RequireAsync(users.CreateAsync(user, Of("Password")), path, context).ConfigureAwait(false);
        foreach (var role in switches.GetValueOrDefault("Roles", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            await RequireAsync(users.AddToRoleAsync(user, role), path, context).ConfigureAwait(false);
    }

    private static async Task RequireAsync(Task<IdentityResult> attempt, string path, RecipeStepContext context)
    {
        var result = await attempt.ConfigureAwait(false);
        if (!result.Succeeded) throw context.Fail(path, string.Join(" ", result.Errors.Select(error => error.Description)));
    }

    [GeneratedRegex("""/(?<name>[A-Za-z]+):(?<value>"[^"]*"|\S*)""", RegexOptions.None, 1000)]
    private static partial Regex Switch();
}
