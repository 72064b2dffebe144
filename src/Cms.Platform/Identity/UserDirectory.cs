using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Platform.Identity;

/// <summary>A user account without its secrets.</summary>
public sealed record SiteUser(string Id, string? Name, string? Email, string? PhoneNumber);

/// <summary>Looks users up.</summary>
public interface IUserDirectory
{
    /// <summary>The users of those ids that exist, by id, in one round trip.</summary>
    Task<IReadOnlyDictionary<string, SiteUser>> FindManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>The users of those names that exist, in one round trip.</summary>
    Task<IReadOnlyList<SiteUser>> FindManyByNameAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken);

    /// <summary>Users by name: those whose names contain the text, all where it is empty, and who have one of the roles, whichever where none is named.</summary>
    Task<IReadOnlyList<SiteUser>> FindAsync(IReadOnlyCollection<string> roles, string text, int skip, int take, CancellationToken cancellationToken);
}

/// <summary>The accounts in the database.</summary>
public sealed class UserDirectory(CmsDbContext database) : IUserDirectory
{
    public async Task<IReadOnlyDictionary<string, SiteUser>> FindManyAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        await Users().Where(user => ids.Contains(user.Id)).Select(user => new SiteUser(user.Id, user.UserName, user.Email, user.PhoneNumber))
            .ToDictionaryAsync(user => user.Id, StringComparer.OrdinalIgnoreCase, cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<SiteUser>> FindManyByNameAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var normalized = names.Select(name => name.ToUpperInvariant()).ToList();
        return await Users().Where(user => normalized.Contains(user.NormalizedUserName!)).OrderBy(user => user.UserName)
            .Select(user => new SiteUser(user.Id, user.UserName, user.Email, user.PhoneNumber)).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<SiteUser>> FindAsync(IReadOnlyCollection<string> roles, string text, int skip, int take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(text);
        var users = Users();
        if (roles.Count > 0)
        {
            var members = database.UserRoles.Join(database.Roles, member => member.RoleId, role => role.Id, (member, role) => new { member.UserId, role.Name })
                .Where(member => roles.Contains(member.Name!)).Select(member => member.UserId);
            users = users.Where(user => members.Contains(user.Id));
        }

        if (text.Length > 0)
        {
            var normalized = text.ToUpperInvariant();
            users = users.Where(user => user.NormalizedUserName!.Contains(normalized));
        }

        return await users.OrderBy(user => user.UserName).Skip(skip).Take(take).Select(user => new SiteUser(user.Id, user.UserName, user.Email, user.PhoneNumber))
            .ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    private IQueryable<CmsIdentityUser> Users() => database.Users.AsNoTracking();
}
