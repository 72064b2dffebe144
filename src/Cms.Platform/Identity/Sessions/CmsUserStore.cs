using Cms.Platform.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Identity.Sessions;

/// <summary>
/// Accounts in the database. Whoever changes a password, disables an account or takes a role away also changes the security stamp,
/// and so ends the account's sessions and tokens.
/// </summary>
public sealed class CmsUserStore(CmsDbContext context, TimeProvider clock, IdentityErrorDescriber? describer = null)
    : UserStore<CmsIdentityUser, CmsIdentityRole, CmsDbContext>(context, describer)
{
    public override async Task<IdentityResult> UpdateAsync(CmsIdentityUser user, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        var before = await Context.Users.AsNoTracking().Where(row => row.Id == user.Id)
            .Select(row => new { row.PasswordHash, row.LockoutEnd, row.SecurityStamp }).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (before is not null && before.SecurityStamp == user.SecurityStamp
            && (before.PasswordHash != user.PasswordHash || (before.LockoutEnd != user.LockoutEnd && user.LockoutEnd > clock.GetUtcNow())))
            user.SecurityStamp = NewStamp();
        return await base.UpdateAsync(user, cancellationToken).ConfigureAwait(false);
    }

    public override async Task RemoveFromRoleAsync(CmsIdentityUser user, string normalizedRoleName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(user);
        await base.RemoveFromRoleAsync(user, normalizedRoleName, cancellationToken).ConfigureAwait(false);
        user.SecurityStamp = NewStamp();
    }

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
