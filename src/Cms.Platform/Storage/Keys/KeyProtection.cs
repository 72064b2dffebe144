using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace Cms.Platform.Storage.Keys;

/// <summary>The site's keys can't be read; the message says why and what to do.</summary>
public sealed class KeysLockedException(string message) : Exception(message);

/// <summary>
/// Encrypts the site's keys in the data folder, those of cookies and those of tokens, where the configuration gives a passphrase: AES-GCM,
/// with a key that PBKDF2 derives. Thread-safe.
/// </summary>
public sealed class KeyProtection
{
    public const string Setting = "Cms:KeysPassphrase";

    private const string Prefix = "cms-keys-v1:";
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    /// <summary>OWASP's number for PBKDF2 with HMAC-SHA-256.</summary>
    private const int Iterations = 600_000;

    private readonly string _passphrase;
    private readonly Lock _deriving = new();
    private (byte[] Salt, byte[] Key)? _derived;

    public KeyProtection(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        _passphrase = configuration[Setting] ?? "";
    }

    public bool IsOn => _passphrase.Length > 0;

    /// <summary>Whether the text is one that <see cref="Protect"/> made.</summary>
    public static bool IsProtected(string stored) => stored.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The text encrypted, or as it is where there is no passphrase.</summary>
    public string Protect(string text)
    {
        if (!IsOn) return text;
        var (salt, key) = Derive(null);
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var plain = Encoding.UTF8.GetBytes(text);
        var (cipher, tag) = (new byte[plain.Length], new byte[TagBytes]);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag);
        return Prefix + Convert.ToBase64String([.. salt, .. nonce, .. tag, .. cipher]);
    }

    /// <summary>The text that was protected; one that was not is returned as it is.</summary>
    /// <exception cref="KeysLockedException">There is no passphrase, or another one than it was encrypted with.</exception>
    public string Unprotect(string stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        if (!IsProtected(stored)) return stored;
        if (!IsOn) throw new KeysLockedException($"The site's keys in the data folder are encrypted, and {Setting} is empty: set it to the passphrase that they were encrypted with.");
        try
        {
            var bytes = Convert.FromBase64String(stored.Trim()[Prefix.Length..]).AsSpan();
            using var aes = new AesGcm(Derive(bytes[..SaltBytes].ToArray()).Key, TagBytes);
            var nonce = bytes.Slice(SaltBytes, NonceBytes);
            var tag = bytes.Slice(SaltBytes + NonceBytes, TagBytes);
            var cipher = bytes[(SaltBytes + NonceBytes + TagBytes)..];
            var plain = new byte[cipher.Length];
            aes.Decrypt(nonce, cipher, tag, plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception problem) when (problem is CryptographicException or FormatException or ArgumentException)
        {
            throw new KeysLockedException($"{Setting} is not the passphrase that the site's keys in the data folder were encrypted with, or a key's file is damaged.");
        }
    }

    /// <summary>The key for that salt; for a new text that of the last one, because deriving takes a while.</summary>
    private (byte[] Salt, byte[] Key) Derive(byte[]? salt)
    {
        lock (_deriving)
        {
            if (_derived is { } known && (salt is null || salt.AsSpan().SequenceEqual(known.Salt))) return known;
            salt ??= RandomNumberGenerator.GetBytes(SaltBytes);
            var derived = (salt, Rfc2898DeriveBytes.Pbkdf2(_passphrase, salt, Iterations, HashAlgorithmName.SHA256, KeyBytes));
            _derived = derived;
            return derived;
        }
    }
}
