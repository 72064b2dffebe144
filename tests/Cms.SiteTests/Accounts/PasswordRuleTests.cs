using System.Text.Json.Nodes;
using Cms.Platform.Identity;
using Cms.Platform.Recipes;
using Cms.Platform.Setup;

namespace Cms.SiteTests.Accounts;

/// <summary>Passwords that are guessed first are refused wherever an account is made.</summary>
public sealed class PasswordRuleTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Password1234")]
    [InlineData("P@ssw0rd2026!!")]
    [InlineData("Qwertyuiop12")]
    [InlineData("Welcome-123456")]
    [InlineData("Aaaaaaaaaaa1")]
    [InlineData("Abcabcabcabc123")]
    [InlineData("Lozinka-2026")]
    [InlineData("Fjalëkalimi1")]
    [InlineData("Prishtina2026!")]
    [InlineData("Summer2026Summer")]
    [InlineData("Teuta.Berisha.77")]
    public void A_password_that_is_guessed_first_is_known(string password) => GuessablePasswords.IsGuessable(password, ["teuta", "berisha"]).ShouldBeTrue();

    [Theory]
    [InlineData("Correct-Horse-9-Battery")]
    [InlineData("Three-Green-Kayaks-41")]
    [InlineData("x7KqPw-9mVbTz")]
    [InlineData("Gjethe-Lumi-Arre-33")]
    public void Others_are_not(string password) => GuessablePasswords.IsGuessable(password, ["teuta", "berisha"]).ShouldBeFalse();

    [Theory]
    [InlineData("mirvana", "Mirvana-2026-01")]
    [InlineData("somebody1", "Password-2026")]
    [InlineData("somebody2", "Balkans-Policy-12")]
    public async Task The_command_step_refuses_them(string user, string password)
    {
        var step = new JsonObject { ["name"] = "command", ["Commands"] = new JsonArray($"createUser /UserName:{user} /Password:{password} /Email:{user}@example.org") };
        (await Should.ThrowAsync<RecipeException>(() => TestAccounts.RunAsync(site, step, Cancel))).Message.ShouldContain("guessed first");
    }

    [Fact]
    public void Setup_refuses_them()
    {
        using var small = new SmallSite { Settings = { ["OrchardCore:OrchardCore_AutoSetup:Tenants:0:AdminPassword"] = "Lanterna-2026", ["OrchardCore:OrchardCore_AutoSetup:Tenants:0:SiteName"] = "Lanterna" } };
        StartErrors.Of<SetupFailedException>(small).Message.ShouldContain("guessed first");
    }
}
