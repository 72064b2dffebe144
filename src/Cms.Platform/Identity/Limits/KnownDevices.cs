using System.Security.Cryptography;
using Cms.Core.Content;
using Cms.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Identity.Limits;

/// <summary>
/// Devices and addresses from which an account's owner signed in before. A device has a cookie that names the accounts, so that
/// strangers who fail to guess a password do not lock its owner out.
/// </summary>
internal sealed class KnownDevices(IDataProtectionProvider protection, CmsDbContext database)
{
    public const string Cookie = "cms_device";

    /// <summary>Accounts that one browser is known to.</summary>
    private const int MaxAccounts = 5;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("SignIn.Device").ToTimeLimitedDataProtector();

    /// <summary>Where an attempt to sign in to the account comes from; for a name that nobody has, its address.</summary>
    public async Task<SignInTry> TryOfAsync(HttpContext http, CmsIdentityUser? user, string name, CancellationToken cancellationToken)
    {
        var address = ClientAddress.Of(http);
        if (user is not null && Read(http).Find(known => known.UserId == user.Id) is { Device: { } device })
            return new SignInTry(AttemptedAccount.User(user.Id), "device:" + device, IsKnown: true);

        // Asked for names that nobody has too: an answer takes as long either way.
        var id = user?.Id ?? "";
        var isKnown = await database.SignInSessions.AnyAsync(session => session.UserId == id && session.Address == address, cancellationToken).ConfigureAwait(false);
        return new SignInTry(user is null ? AttemptedAccount.Stranger(name) : AttemptedAccount.User(id), address, isKnown);
    }

    /// <summary>Gives the browser a cookie by which it is known to the account.</summary>
    public void Remember(HttpContext http, CmsIdentityUser user)
    {
        var known = Read(http);
        if (!known.Exists(entry => entry.UserId == user.Id)) known.Insert(0, (user.Id, ContentId.New()));
        var text = string.Join('\n', known.Take(MaxAccounts).Select(entry => $"{entry.UserId} {entry.Device}"));
        http.Response.Cookies.Append(Cookie, _protector.Protect(text, Lifetime), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        });
    }

    private List<(string UserId, string? Device)> Read(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: > 0 } cookie) return [];
        try
        {
            return [.. _protector.Unprotect(cookie).Split('\n').Select(line => line.Split(' ')).Where(words => words.Length == 2).Select(words => (words[0], words[1]))];
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
