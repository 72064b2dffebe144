using Cms.Platform.OpenId;
using Cms.Platform.Setup;
using Cms.Platform.Storage.Keys;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Cms.SiteTests.Accounts;

/// <summary>The keys of cookies and tokens are encrypted in the data folder where the site's owner gives a passphrase.</summary>
public sealed class KeysAtRestTests
{
    private const string Passphrase = "seven amber lanterns on a river";

    private static string[] Files(Site site) => [.. new[] { "keys", "openid-keys" }.SelectMany(folder => Directory.GetFiles(Path.Combine(site.DataFolder, folder)))];

    private static Site With(Site site, string passphrase) =>
        new() { DataFolder = site.DataFolder, IsGuest = true, Settings = { [KeyProtection.Setting] = passphrase } };

    [Fact]
    public void Keys_made_without_a_passphrase_are_encrypted_at_the_next_start_and_go_on_to_count()
    {
        using var site = new SmallSite();
        _ = site.Services.GetRequiredService<OpenIdKeys>().Current;
        var cookie = site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("kept");
        Files(site).ShouldAllBe(file => !KeyProtection.IsProtected(File.ReadAllText(file)));
        using (var encrypted = With(site, Passphrase))
        {
            encrypted.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(cookie).ShouldBe("kept");
            encrypted.Services.GetRequiredService<OpenIdKeys>().Current.Signing[0].KeyId.ShouldBe(site.Services.GetRequiredService<OpenIdKeys>().Current.Signing[0].KeyId);
        }

        Files(site).Length.ShouldBeGreaterThanOrEqualTo(3);
        Files(site).ShouldAllBe(file => KeyProtection.IsProtected(File.ReadAllText(file)));
        using var again = With(site, Passphrase);
        again.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(cookie).ShouldBe("kept");
    }

    [Theory]
    [InlineData("")]
    [InlineData("another passphrase")]
    public void The_site_does_not_start_without_the_right_passphrase_and_says_so(string passphrase)
    {
        using var site = new SmallSite { Settings = { [KeyProtection.Setting] = Passphrase } };
        site.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("x");
        using var wrong = With(site, passphrase);
        StartErrors.Of<SetupFailedException>(wrong).Message.ShouldContain(KeyProtection.Setting);
    }
}
