using Cms.Core.Security;
using Cms.Platform.Identity;
using Cms.Platform.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cms.Modules.AuditTrail;

/// <summary>What a reader of the trail looks for; empty members don't restrict.</summary>
/// <param name="Kind">The name of a kind of event.</param>
/// <param name="UserName">The user's whole name.</param>
/// <param name="ContentItemId">One item.</param>
public sealed record AuditFilter(string? Kind, string? UserName, string? ContentItemId);

/// <summary>Reads the trail, the newest event first, and forgets what is too old.</summary>
public sealed class AuditTrail(CmsDbContext database)
{
    public const int PageSize = 50;

    public async Task<IReadOnlyList<AuditEventRow>> FindAsync(AuditFilter filter, int page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var rows = database.Set<AuditEventRow>().AsNoTracking();
        if (filter.Kind is { Length: > 0 } kind) rows = rows.Where(row => row.Kind == kind);
        if (filter.UserName is { Length: > 0 } userName) rows = rows.Where(row => row.UserName == userName);
        if (filter.ContentItemId is { Length: > 0 } id) rows = rows.Where(row => row.ContentItemId == id);
        return await rows.OrderByDescending(row => row.Id).Skip((page - 1) * PageSize).Take(PageSize).ToListAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>How many events were forgotten.</returns>
    public Task<int> TrimAsync(DateTime olderThanUtc, CancellationToken cancellationToken) =>
        database.Set<AuditEventRow>().Where(row => row.OccurredUtc < olderThanUtc).ExecuteDeleteAsync(cancellationToken);
}

public sealed class AuditTrailPermissions : IPermissionSource
{
    public static Permission ViewAuditTrail { get; } = new("ViewAuditTrail", "View audit trail");

    public IEnumerable<string> Names { get; } = [ViewAuditTrail.Name];
}
