using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.EntityFrameworkCore.Models;

namespace Cms.Platform.OpenId;

/// <summary>The registered apps; it also knows a secret of no app, whose verification costs what that of an app costs. Not sealed: tests count verifications.</summary>
public class ApplicationSecrets(
    IOpenIddictApplicationCache<OpenIddictEntityFrameworkCoreApplication> cache, ILogger<OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>> logger,
    IOptionsMonitor<OpenIddictCoreOptions> options, IOpenIddictApplicationStore<OpenIddictEntityFrameworkCoreApplication> store)
    : OpenIddictApplicationManager<OpenIddictEntityFrameworkCoreApplication>(cache, logger, options, store)
{
    private static string? _decoy;

    /// <summary>Verifies the secret against one that nobody has; false, in the time that a wrong secret takes.</summary>
    public async ValueTask<bool> VerifyDecoyAsync(string secret, CancellationToken cancellationToken)
    {
        _decoy ??= await ObfuscateClientSecretAsync(RandomNumberGenerator.GetHexString(32), cancellationToken).ConfigureAwait(false);
        await ValidateClientSecretAsync(secret, _decoy, cancellationToken).ConfigureAwait(false);
        return false;
    }
}
