using Cms.Platform.Identity;
using Cms.Platform.Storage;

namespace Cms.Modules.AuditTrail;

/// <summary>Adds sign-ins, sign-outs and failed attempts to the trail, with the address from which they came.</summary>
internal sealed class AccountAudit(CmsDbContext database, TimeProvider clock) : IAccountEventRecorder
{
    public async Task RecordAsync(AccountEvent happened, CancellationToken cancellationToken)
    {
        var row = new AuditEventRow
        {
            OccurredUtc = clock.GetUtcNow().UtcDateTime,
            Kind = happened.Kind.ToString(),
            ContentItemId = "",
            ContentItemVersionId = "",
            ContentType = "",
            UserId = happened.Id,
            UserName = happened.Name,
            Comment = happened.Address,
        };
        database.Add(row);
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        database.Entry(row).State = Microsoft.EntityFrameworkCore.EntityState.Detached;
    }
}
