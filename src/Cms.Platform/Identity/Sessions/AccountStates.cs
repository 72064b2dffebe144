using System.Security.Claims;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Cms.Platform.Identity.Sessions;

/// <summary>What an account is at this moment, whatever a cookie or a token said of it when it was made.</summary>
/// <param name="Name">The user name.</param>
/// <param name="Stamp">Its <see cref="AccountStamp"/>.</param>
/// <param name="IsDisabled">It may not be used now.</param>
/// <param name="Roles">The names of its roles.</param>
public sealed record AccountState(string? Name, string Stamp, bool IsDisabled, IReadOnlyList<string> Roles)
{
    /// <summary>Replaces name and roles of the principal by those that the account has now.</summary>
    internal void ApplyTo(ClaimsPrincipal principal)
    {
        if (principal.Identity is not ClaimsIdentity identity) return;
        foreach (var claim in identity.Claims.Where(claim => claim.Type is ClaimTypes.Role or Claims.Role || claim.Type == identity.NameClaimType).ToList())
            identity.RemoveClaim(claim);
        if (Name is not null) identity.AddClaim(new Claim(identity.NameClaimType, Name));
        identity.AddClaims(Roles.Select(role => new Claim(identity.RoleClaimType, role)));
    }
}

/// <summary>Reads accounts from the database for each request that acts for one, so that every node sees a change at once.</summary>
public sealed class AccountStates(CmsDbContext database, TimeProvider clock)
{
    /// <summary>The account's state, or null where there is no such account.</summary>
    public async Task<AccountState?> FindAsync(string userId, CancellationToken cancellationToken)
    {
        var rows = await (
            from user in database.Users.AsNoTracking()
            where user.Id == userId
            from member in database.UserRoles.Where(member => member.UserId == user.Id).DefaultIfEmpty()
            from role in database.Roles.Where(role => role.Id == member.RoleId).DefaultIfEmpty()
            select new { user.UserName, user.SecurityStamp, user.LockoutEnd, Role = role.Name }).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (rows is not [var account, ..]) return null;
        return new AccountState(account.UserName, AccountStamp.Of(account.SecurityStamp), account.LockoutEnd > clock.GetUtcNow(), [.. rows.Select(row => row.Role).OfType<string>()]);
    }

    /// <summary>The state of an account that may be used and has not changed since it had that stamp; otherwise null.</summary>
    public async Task<AccountState?> FindUsableAsync(string userId, string? stamp, CancellationToken cancellationToken) =>
        await FindAsync(userId, cancellationToken).ConfigureAwait(false) is { IsDisabled: false } state && state.Stamp == stamp ? state : null;
}
