using System.Buffers.Binary;

namespace Cms.Platform.Identity;

/// <summary>Tells hashes in the two formats of ASP.NET Core Identity from texts that no password will ever match.</summary>
internal static class PasswordHashes
{
    private const int SaltLength = 16;
    private const int KeyLength = 16;

    /// <summary>The format marker, the key derivation function, the iterations and the length of the salt.</summary>
    private const int HeaderLength = 13;

    /// <summary>More would keep a sign-in busy for seconds.</summary>
    private const uint MaxIterations = 10_000_000;

    public static bool IsUsable(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        var bytes = new byte[hash.Length];
        if (!Convert.TryFromBase64String(hash, bytes, out var length) || length == 0) return false;
        return bytes[0] switch
        {
            0 => length == 1 + SaltLength + (2 * KeyLength),
            1 => IsVersion3(bytes.AsSpan(0, length)),
            _ => false,
        };
    }

    private static bool IsVersion3(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength + SaltLength + KeyLength) return false;
        var function = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]);
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var salt = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        return function <= 2 && iterations is > 0 and <= MaxIterations && salt >= SaltLength && salt <= bytes.Length - HeaderLength - KeyLength;
    }
}
