using Cms.Platform.Setup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cms.Platform.Storage.Keys;

/// <summary>Before anything needs a key: checks that all can be read, and encrypts those that were written before there was a passphrase.</summary>
internal sealed partial class KeysAtStart(StoragePaths paths, KeyProtection protection, ILogger<KeysAtStart> logger) : IHostedService
{
    /// <summary>The folders of the data folder that hold keys, and what their files are called.</summary>
    private static readonly (string Folder, string Pattern)[] Places = [("keys", "*.xml"), ("openid-keys", "*.key")];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var files = Places.Select(place => (Folder: Path.Combine(paths.DataFolder, place.Folder), place.Pattern)).Where(place => Directory.Exists(place.Folder))
            .SelectMany(place => Directory.GetFiles(place.Folder, place.Pattern)).ToList();
        try
        {
            var encrypted = files.Count(Encrypt);
            if (encrypted > 0) LogEncrypted(logger, encrypted);
        }
        catch (KeysLockedException problem)
        {
            throw new SetupFailedException(problem.Message, problem);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private bool Encrypt(string file)
    {
        var stored = File.ReadAllText(file);
        var text = protection.Unprotect(stored);
        if (!protection.IsOn || KeyProtection.IsProtected(stored)) return false;
        PrivateFile.Write(file, protection.Protect(text), overwrite: true);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Encrypted {Count} keys of the data folder with the passphrase of Cms:KeysPassphrase")]
    private static partial void LogEncrypted(ILogger logger, int count);
}
