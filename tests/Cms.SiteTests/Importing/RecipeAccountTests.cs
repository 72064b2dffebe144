using Cms.Platform.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Importing;

public sealed class SqliteRecipeAccountTests(Site site) : RecipeAccountTests(site);

public sealed class PostgresRecipeAccountTests(PostgresSite site) : RecipeAccountTests(site.OrSkip());

/// <summary>Accounts of recipes can be signed in to, or are an error.</summary>
public abstract class RecipeAccountTests(Site site)
{
    private const string Word = "Orchard-Lake-27";

    private static readonly string Hash = new PasswordHasher<CmsIdentityUser>().HashPassword(new CmsIdentityUser(), Word);

    private readonly Recipes _recipes = new(site);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Users(string account) => $$"""{ "name": "Users", "Users": [ {{account}} ] }""";

    private static string NewName() => "acc" + Core.Content.ContentId.New()[..12];

    private static string Account(string name, string members) => $$"""{ "UserId": "id-{{name}}", "UserName": "{{name}}", "Email": "{{name}}@example.org", {{members}} }""";

    [Fact]
    public async Task An_account_with_a_password_is_signed_in_to_and_a_new_password_takes_its_place()
    {
        var name = NewName();
        var step = Users(Account(name, $$"""
            "Password": "{{Word}}", "RoleNames": [ "Editor" ]
            """));
        (await _recipes.TryAsync(step)).Changes.ShouldBe([$"Account added: {name}"]);
        (await _recipes.RunAsync(step)).Changes.ShouldBe([$"Account added: {name}"]);
        using (await SignedIn.AsAsync(site, name, Word, Cancel)) { }
        (await _recipes.RunAsync(step)).Changes.ShouldBeEmpty();
        (await _recipes.RunAsync(step.Replace(Word, "Another-Lake-28", StringComparison.Ordinal))).Changes.ShouldBe([$"Account changed: {name}"]);
        using (await SignedIn.AsAsync(site, name, "Another-Lake-28", Cancel)) { }
    }

    [Fact]
    public async Task An_account_with_a_hash_is_signed_in_to_and_the_same_again_changes_nothing()
    {
        var name = NewName();
        var step = Users(Account(name, $$"""
            "PasswordHash": "{{Hash}}", "IsEnabled": true
            """));
        await _recipes.RunAsync(step);
        using (await SignedIn.AsAsync(site, name, Word, Cancel)) { }
        (await _recipes.RunAsync(step)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disabled_account_needs_no_password_and_stays_disabled_without_a_change()
    {
        var name = NewName();
        var step = Users(Account(name, "\"IsEnabled\": false"));
        await _recipes.RunAsync(step);
        (await _recipes.RunAsync(step)).Changes.ShouldBeEmpty();
        (await _recipes.AskAsync(async services =>
        {
            var users = services.GetRequiredService<UserManager<CmsIdentityUser>>();
            return await users.IsLockedOutAsync((await users.FindByNameAsync(name))!);
        })).ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"Password\": \"short\"", "].Password: ")]
    [InlineData("\"Password\": \"Orchard-Lake-27\", \"PasswordHash\": \"AQ==\"", "].Password: The account has a PasswordHash too")]
    [InlineData("\"PasswordHash\": \"5f4dcc3b5aa765d61d8327deb882cf99\"", "].PasswordHash: The text is not a hash of ASP.NET Core Identity")]
    [InlineData("\"PasswordHash\": \"$2b$12$abcdefghijklmnopqrstuv\"", "].PasswordHash: The text is not a hash of ASP.NET Core Identity")]
    [InlineData("\"IsEnabled\": true", "]: Nobody could sign in to the account")]
    [InlineData("\"Password\": \"Orchard-Lake-27\", \"RoleNames\": [ \"No such role\" ]", "].RoleNames: There is no role “No such role”")]
    [InlineData("\"Password\": \"Orchard-Lake-27\", \"UserName\": \"admin\"", "].UserName: The account")]
    public async Task An_account_that_could_not_be_signed_in_to_is_an_error_at_its_member(string members, string message)
    {
        var name = NewName();
        var account = members.Contains("UserName", StringComparison.Ordinal)
            ? $$"""{ "UserId": "id-{{name}}", "Email": "{{name}}@example.org", {{members}} }"""
            : Account(name, members);
        var refusal = await _recipes.RefusalAsync(Users(account));
        refusal.ShouldContain("$.Users[0" + message);
        refusal.ShouldNotContain(Word);
    }

    [Fact]
    public async Task Two_accounts_with_one_id_or_one_address_are_refused()
    {
        var (name, other) = (NewName(), NewName());
        var first = Account(name, $"\"Password\": \"{Word}\"");
        (await _recipes.RefusalAsync(Users($"{first}, {first}"))).ShouldContain($"$.Users[1].UserId: The account “id-{name}” is $.Users[0] too");
        (await _recipes.RefusalAsync(Users($"{first}, {Account(other, $"\"Password\": \"{Word}\"").Replace($"{other}@", $"{name}@", StringComparison.Ordinal)}")))
            .ShouldContain($"$.Users[1].Email: The account “{name}” has the e-mail address “{name}@example.org” already");
    }

    [Fact]
    public async Task Leniently_an_unknown_role_is_made_and_said()
    {
        var name = NewName();
        var report = await _recipes.RunLenientlyAsync(Users(Account(name, $$"""
            "Password": "{{Word}}", "RoleNames": [ "Role of {{name}}" ]
            """)));
        report.Steps[0].Notes.ShouldHaveSingleItem().ShouldContain($"There is no role “Role of {name}”");
    }

    [Fact]
    public async Task A_command_makes_an_account_once()
    {
        var name = NewName();
        string Create(string more) => $$"""{ "name": "command", "Commands": [ "createUser /UserName:{{name}} /Email:{{name}}@example.org {{more}}" ] }""";
        var step = Create($"/Password:{Word} /Roles:Editor");
        (await _recipes.RunAsync(step)).Changes.ShouldBe([$"Account added: {name}"]);
        using (await SignedIn.AsAsync(site, name, Word, Cancel)) { }
        (await _recipes.RunAsync(step)).Changes.ShouldBeEmpty();
        (await _recipes.RefusalAsync(Create("/Password:Another-Lake-28"))).ShouldContain($"There is an account “{name}” already");
    }

    [Theory]
    [InlineData("createUser /UserName:x1 /Email:x1@example.org", "/Password is missing.")]
    [InlineData("createUser /UserName:x1 /UserName:x2 /Email:x1@example.org /Password:Orchard-Lake-27", "/UserName is given twice.")]
    [InlineData("createUser /UserName:x1 /Email:x1@example.org /Password:Orchard-Lake-27 /Role:Editor", "createUser has no switch /Role.")]
    [InlineData("createUser /UserName:x1 /Email:x1@example.org /Password:Orchard-Lake-27 /Roles:Nobody", "There is no role “Nobody”")]
    [InlineData("createUser /UserName:x1 /Email:x1@example.org /Password:Orchard Lake 27", "Write switches as /Name:value")]
    [InlineData("createUser /UserName:x1 /Email:x1@example.org /Password:short", "Passwords must be at least")]
    [InlineData("deleteUser /UserName:admin", "There is no command “deleteUser”")]
    public async Task A_command_that_makes_no_sense_is_refused(string command, string message) =>
        (await _recipes.RefusalAsync($$"""{ "name": "command", "Commands": [ "{{command}}" ] }""")).ShouldStartWith($"test.recipe.json, step 0 (command), $.Commands[0]: {message}");
}
