using System.Runtime.Versioning;
using Cms.Platform.OpenId;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Keys;
using Microsoft.Extensions.Configuration;

namespace Cms.Tests.OpenId;

public sealed class OpenIdKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("keys").FullName;
    private readonly Clock _clock = new();

    private OpenIdKeys Started() => new(new StoragePaths(_folder), new KeyProtection(new ConfigurationBuilder().Build()), _clock);

    private IEnumerable<string> Files => Directory.EnumerateFiles(Path.Combine(_folder, "openid-keys"));

    [Fact]
    public void Keys_are_made_once_and_found_again_after_a_restart()
    {
        var first = Started().Current;
        var second = Started().Current;
        second.Signing.Select(key => key.KeyId).ShouldBe(first.Signing.Select(key => key.KeyId));
        second.Encryption.Single().Key.ShouldBe(first.Encryption.Single().Key);
        second.Signing.Single().Rsa.ExportParameters(true).D.ShouldBe(first.Signing.Single().Rsa.ExportParameters(true).D);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_sites_account_can_read_them()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        _ = Started().Current;
        foreach (var file in Files) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(_folder, "openid-keys")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_new_key_comes_first_and_the_old_one_stays_until_its_tokens_have_ended()
    {
        var keys = Started();
        var old = keys.Current;
        keys.Current.ShouldBeSameAs(old);
        _clock.Days += 91;
        var current = keys.Current;
        current.Signing.Length.ShouldBe(2);
        current.Signing[0].KeyId.ShouldNotBe(old.Signing[0].KeyId);
        current.Signing[1].KeyId.ShouldBe(old.Signing[0].KeyId);
        current.Encryption[1].Key.ShouldBe(old.Encryption[0].Key);
        _clock.Days += 31;
        keys.Current.Signing.Select(key => key.KeyId).ShouldBe([current.Signing[0].KeyId]);
        Files.Count().ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Clock : TimeProvider
    {
        public int Days { get; set; }

        public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddDays(Days);
    }
}
