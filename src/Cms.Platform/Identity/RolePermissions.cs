using System.Collections.Frozen;

namespace Cms.Platform.Identity;

/// <summary>The permissions of every role as one snapshot, swapped whole when a role changes.</summary>
public sealed class RolePermissions
{
    private FrozenDictionary<string, FrozenSet<string>> _roles = FrozenDictionary<string, FrozenSet<string>>.Empty;

    public void Replace(IEnumerable<KeyValuePair<string, FrozenSet<string>>> roles) =>
        Volatile.Write(ref _roles, roles.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));

    /// <summary>What the roles grant together.</summary>
    public FrozenSet<string> Of(params IEnumerable<string> roles)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var all = Volatile.Read(ref _roles);
        return roles.SelectMany(role => all.TryGetValue(role, out var permissions) ? permissions : []).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
