using System.Security.Cryptography;
using System.Text;
using Cms.Platform.Storage;

namespace Cms.Platform.Media.Images;

/// <summary>
/// Signs what an address asks of an image, so that strangers can't have the site make images of any size. The key is made
/// once and kept in the data folder; without it, addresses that were given out are not valid any more.
/// </summary>
public sealed class ImageTokens(StoragePaths paths)
{
    public const string Parameter = "token";

    private const int KeyLength = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadOrMake(Path.Combine(paths.DataFolder, "keys", "media-token.key")));

    /// <summary>The token of commands; the same for all images.</summary>
    public string Of(IReadOnlyDictionary<string, string> commands) => Convert.ToBase64String(Hash(commands));

    public bool IsValid(string token, IReadOnlyDictionary<string, string> commands)
    {
        ArgumentNullException.ThrowIfNull(token);
        var given = new byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(token, given, out var written) && written == given.Length && CryptographicOperations.FixedTimeEquals(given, Hash(commands));
    }

    private byte[] Hash(IReadOnlyDictionary<string, string> commands)
    {
        var text = string.Join('&', ImageCommands.Names.Where(commands.ContainsKey).Select(name => $"{name}={Uri.EscapeDataString(commands[name])}"));
        return HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(text));
    }

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file)) Make(file);
        var key = File.ReadAllBytes(file);
        return key.Length == KeyLength ? key : throw new InvalidDataException($"{file} does not hold a key of {KeyLength} bytes. Delete it to have a new one made.");
    }

    // Of two processes that make a key at once, both go on with the one that was there first.
    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Path.GetRandomFileName()}";
        File.WriteAllBytes(temporary, RandomNumberGenerator.GetBytes(KeyLength));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            File.Move(temporary, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(temporary);
        }
    }
}
