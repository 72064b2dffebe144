using Cms.Platform.Storage.Keys;
using Microsoft.Extensions.Configuration;

namespace Cms.Tests.Storage;

public sealed class KeyProtectionTests
{
    private static KeyProtection With(string passphrase) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create<string, string?>(KeyProtection.Setting, passphrase)]).Build());

    [Fact]
    public void A_protected_text_is_read_with_the_same_passphrase_after_a_restart()
    {
        var stored = With("a long passphrase").Protect("secret ключ");
        stored.ShouldNotContain("secret");
        With("a long passphrase").Unprotect(stored).ShouldBe("secret ключ");
        With("a long passphrase").Protect("secret ключ").ShouldNotBe(stored);
    }

    [Theory]
    [InlineData("another", "is not the passphrase")]
    [InlineData("", "Cms:KeysPassphrase is empty")]
    public void Another_passphrase_or_none_is_refused_in_one_sentence(string passphrase, string says)
    {
        var stored = With("a long passphrase").Protect("secret");
        Should.Throw<KeysLockedException>(() => With(passphrase).Unprotect(stored)).Message.ShouldContain(says);
    }

    [Fact]
    public void A_damaged_text_is_refused() =>
        Should.Throw<KeysLockedException>(() => With("a long passphrase").Unprotect(With("a long passphrase").Protect("secret")[..^6] + "AAAA=="));

    [Fact]
    public void Without_a_passphrase_texts_stay_as_they_are()
    {
        With("").Protect("secret").ShouldBe("secret");
        With("a long passphrase").Unprotect("secret").ShouldBe("secret");
    }
}
