using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Cms.Platform.Storage;
using Cms.Platform.Storage.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Cms.Platform.OpenId;

/// <summary>The keys of the OpenID server, the one to use first and then those with which older tokens are still read.</summary>
public sealed record OpenIdKeySet(ImmutableArray<RsaSecurityKey> Signing, ImmutableArray<SymmetricSecurityKey> Encryption);

/// <summary>
/// The keys with which tokens are signed and encrypted: files in <c>openid-keys</c> of the data folder that only the site's
/// account can read, encrypted where there is a passphrase. A new pair is made every 90 days; the old ones stay for as long as a token of theirs may live.
/// </summary>
public sealed class OpenIdKeys(StoragePaths paths, KeyProtection protection, TimeProvider clock)
{
    private const string DateFormat = "yyyy-MM-dd";
    private const string SigningName = "signing";
    private const string EncryptionName = "encryption";
    private const int SigningBits = 2048;
    private const int EncryptionBytes = 32;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>Longer than any token lives.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(30);

    /// <summary>How soon a key is seen that another process made.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly Lock _loading = new();
    private volatile OpenIdKeySet? _current;
    private DateTimeOffset _loaded;

    /// <summary>The same object for as long as the keys are the same.</summary>
    public OpenIdKeySet Current
    {
        get
        {
            lock (_loading)
            {
                if (_current is null || clock.GetUtcNow() - _loaded >= Interval) Load();
                return _current!;
            }
        }
    }

    private string Folder => Path.Combine(paths.DataFolder, "openid-keys");

    private void Load()
    {
        _loaded = clock.GetUtcNow();
        StoragePaths.CreatePrivateFolder(Folder);
        var signing = Files(SigningName, NewSigningKey);
        var encryption = Files(EncryptionName, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(EncryptionBytes)));
        var names = signing.Concat(encryption).Select(Path.GetFileNameWithoutExtension);
        if (_current is not null && names.SequenceEqual(_current.Signing.Select(key => key.KeyId).Concat(_current.Encryption.Select(key => key.KeyId)))) return;
        _current = new OpenIdKeySet([.. signing.Select(ReadSigningKey)], [.. encryption.Select(ReadEncryptionKey)]);
    }

    /// <summary>The files of that kind that are still good, the newest first; a new one is made where it is time, and what is too old is erased.</summary>
    private List<string> Files(string kind, Func<string> newKey)
    {
        var today = _loaded.UtcDateTime.Date;
        var found = Directory.EnumerateFiles(Folder, kind + "-*.key").Select(file => (File: file, Made: Made(file, kind))).Where(entry => entry.Made is not null).ToList();
        foreach (var (file, _) in found.Where(entry => today - entry.Made > Lifetime + Overlap)) File.Delete(file);
        var good = found.Where(entry => today - entry.Made <= Lifetime + Overlap).OrderByDescending(entry => entry.Made).Select(entry => entry.File).ToList();
        if (!found.Exists(entry => today - entry.Made < Lifetime)) good.Insert(0, Create(Path.Combine(Folder, $"{kind}-{today.ToString(DateFormat, CultureInfo.InvariantCulture)}.key"), newKey()));
        return good;
    }

    private static DateTime? Made(string file, string kind) =>
        DateTime.TryParseExact(
            Path.GetFileNameWithoutExtension(file)[(kind.Length + 1)..], DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private string Create(string file, string text)
    {
        PrivateFile.Write(file, protection.Protect(text), overwrite: false);
        return file;
    }

    private static string NewSigningKey()
    {
        using var key = RSA.Create(SigningBits);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private RsaSecurityKey ReadSigningKey(string file)
    {
        var key = RSA.Create();
        key.ImportFromPem(protection.Unprotect(File.ReadAllText(file)));
        return new RsaSecurityKey(key) { KeyId = Path.GetFileNameWithoutExtension(file) };
    }

    private SymmetricSecurityKey ReadEncryptionKey(string file) =>
        new(Convert.FromBase64String(protection.Unprotect(File.ReadAllText(file)))) { KeyId = Path.GetFileNameWithoutExtension(file) };
}
