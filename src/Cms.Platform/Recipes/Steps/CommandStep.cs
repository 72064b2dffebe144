using System.Text.RegularExpressions;
using Cms.Platform.Identity;

namespace Cms.Platform.Recipes.Steps;

/// <summary>Runs commands; <c>createUser /UserName:… /Password:… /Email:… /PhoneNumber:… /Roles:A,B</c> is the one there is.</summary>
public sealed partial class CommandStep(RecipeAccounts accounts) : IRecipeStep
{
    private const string CreateUser = "createUser";

    private static readonly string[] Switches = ["UserName", "Password", "Email", "PhoneNumber", "Roles"];

    public string Name => "command";

    public async Task ExecuteAsync(RecipeStepContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var commands = context.Texts("Commands");
        for (var i = 0; i < commands.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = $"$.Commands[{i}]";
            var (name, rest) = commands[i].Trim().Split(' ', 2) is [var first, var others] ? (first, others) : (commands[i].Trim(), "");
            if (string.Equals(name, CreateUser, StringComparison.OrdinalIgnoreCase)) await CreateUserAsync(Read(rest, path, context), path, context).ConfigureAwait(false);
            else context.Missing(path, $"There is no command “{name}”. Known is {CreateUser}.");
        }
    }

    private async Task CreateUserAsync(Dictionary<string, string> switches, string path, RecipeStepContext context)
    {
        string Of(string name) => switches.GetValueOrDefault(name) is { Length: > 0 } given ? given : throw context.Fail(path, $"/{name} is missing.");
        var (name, email, password) = (Of("UserName"), Of("Email"), Of("Password"));
        var roles = switches.GetValueOrDefault("Roles", "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (await accounts.Users.FindByNameAsync(name).ConfigureAwait(false) is { } existing)
        {
            if (await IsAsync(existing, email, password, roles).ConfigureAwait(false)) return;
            throw context.Fail(path, $"There is an account “{name}” already, and its e-mail address, password or roles are others. The step Users changes accounts.");
        }

        var user = new CmsIdentityUser { UserName = name, Email = email, PhoneNumber = switches.GetValueOrDefault("PhoneNumber"), EmailConfirmed = true };
        await accounts.CreateAsync(user, password, _ => path, context).ConfigureAwait(false);
        await accounts.AddRolesAsync(user, roles, path, context).ConfigureAwait(false);
        context.Changed($"Account added: {name}");
    }

    /// <summary>Whether an account is what the command would make.</summary>
    private async Task<bool> IsAsync(CmsIdentityUser user, string email, string password, IEnumerable<string> roles) =>
        string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase)
        && !roles.Except(await accounts.Users.GetRolesAsync(user).ConfigureAwait(false), StringComparer.OrdinalIgnoreCase).Any()
        && await accounts.Users.CheckPasswordAsync(user, password).ConfigureAwait(false);

    private static Dictionary<string, string> Read(string text, string path, RecipeStepContext context)
    {
        var switches = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Switch().Matches(text))
        {
            var name = match.Groups["name"].Value;
            if (!Switches.Contains(name, StringComparer.OrdinalIgnoreCase)) context.Missing(path, $"{CreateUser} has no switch /{name}. Known are {string.Join(", ", Switches.Select(known => "/" + known))}.");
            if (!switches.TryAdd(name, match.Groups["value"].Value.Trim('"'))) throw context.Fail(path, $"/{name} is given twice.");
        }

        if (Switch().Replace(text, "").Trim().Length > 0) throw context.Fail(path, "Write switches as /Name:value, and a value with spaces as /Name:\"a value\".");
        return switches;
    }

    [GeneratedRegex("""/(?<name>[A-Za-z]+):(?<value>"[^"]*"|\S*)""", RegexOptions.None, 1000)]
    private static partial Regex Switch();
}
