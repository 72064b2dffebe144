using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace Cms.Platform.Identity.Limits;

/// <summary>What came of a name and a password.</summary>
/// <param name="User">The account, where both were right and it may sign in.</param>
/// <param name="RetryAfter">How long to wait, where there were too many failures.</param>
internal sealed record PasswordAnswer(CmsIdentityUser? User, TimeSpan? RetryAfter);

/// <summary>
/// Checks names and passwords, for the sign-in page and the token endpoint. Every answer costs one verification of a password hash:
/// for accounts that are missing, disabled or without a password too. An account that asks for a second factor is not signed in with
/// a password alone.
/// </summary>
internal sealed class PasswordSignIn(
    UserManager<CmsIdentityUser> users, SignInManager<CmsIdentityUser> signIn, DecoyPassword decoy, SignInAttempts attempts, KnownDevices devices, AccountEvents events)
{
    /// <summary>Checks both, and says no where there were too many failures.</summary>
    public async Task<PasswordAnswer> CheckAsync(HttpContext http, string name, string password, CancellationToken cancellationToken)
    {
        if (await attempts.WaitAsync(ClientAddress.Of(http), cancellationToken).ConfigureAwait(false) is { } wait) return new PasswordAnswer(null, wait);

        // Both are looked for in any case, because the second look takes time.
        var (byName, byEmail) = (await users.FindByNameAsync(name).ConfigureAwait(false), await users.FindByEmailAsync(name).ConfigureAwait(false));
        var user = byName ?? byEmail;
        var attempt = await devices.TryOfAsync(http, user, name, cancellationToken).ConfigureAwait(false);
        var outcome = await attempts.TryAsync(attempt, () => VerifyAsync(user, password), cancellationToken).ConfigureAwait(false);
        if (outcome.IsRight) return new PasswordAnswer(user, null);
        var kind = outcome.RetryAfter is null ? AccountEventKind.SignInFailed : AccountEventKind.SignInRefused;
        await events.RecordAsync(kind, user, http).ConfigureAwait(false);
        return new PasswordAnswer(null, outcome.RetryAfter);
    }

    /// <summary>Checks both and signs the user in with this browser, which the account knows from then on.</summary>
    public async Task<PasswordAnswer> SignInAsync(HttpContext http, string name, string password, CancellationToken cancellationToken)
    {
        var answer = await CheckAsync(http, name, password, cancellationToken).ConfigureAwait(false);
        if (answer.User is not { } user) return answer;
        await signIn.SignInAsync(user, isPersistent: false).ConfigureAwait(false);
        devices.Remember(http, user);
        return answer;
    }

    private async Task<bool> VerifyAsync(CmsIdentityUser? user, string password)
    {
        if (user?.PasswordHash is null)
        {
            decoy.Verify(password);
            return false;
        }

        return await users.CheckPasswordAsync(user, password).ConfigureAwait(false) && !user.TwoFactorEnabled
            && !await users.IsLockedOutAsync(user).ConfigureAwait(false) && await signIn.CanSignInAsync(user).ConfigureAwait(false);
    }
}

/// <summary>The hash of a password that nobody knows, to be verified where an account has none.</summary>
internal sealed class DecoyPassword(IPasswordHasher<CmsIdentityUser> hasher)
{
    private static readonly CmsIdentityUser Nobody = new();
    private static string? _hash;

    public void Verify(string password)
    {
        var hash = LazyInitializer.EnsureInitialized(ref _hash, () => hasher.HashPassword(Nobody, RandomNumberGenerator.GetHexString(32)));
        hasher.VerifyHashedPassword(Nobody, hash, password);
    }
}
