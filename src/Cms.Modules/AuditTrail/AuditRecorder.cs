using Cms.Core.Content;
using Cms.Core.Events;
using Cms.Core.Security;
using Cms.Platform.Storage;

namespace Cms.Modules.AuditTrail;

/// <summary>Adds each change to the trail, in the change's own transaction. Imports are left out: the recipe that ran says what they were.</summary>
public sealed class AuditRecorder(CmsDbContext database, ICurrentUser currentUser, AuditComments comments, TimeProvider clock) : IContentChangeRecorder
{
    public async Task RecordAsync(ContentChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Kind == ContentEventKind.Imported) return;

        // The last one is what the change is about; those before it lost a flag to it.
        var version = change.Versions[^1];
        database.Set<AuditEventRow>().Add(new AuditEventRow
        {
            OccurredUtc = clock.GetUtcNow().UtcDateTime,
            Kind = change.Kind.ToString(),
            ContentItemId = version.ContentItemId,
            ContentItemVersionId = version.ContentItemVersionId,
            ContentType = version.ContentType,
            DisplayText = version.DisplayText,
            UserId = currentUser.User.Id ?? currentUser.User.ApplicationId,
            UserName = currentUser.User.Name,
            Comment = comments.Of(version.ContentItemId),
        });
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        database.ChangeTracker.Clear();
    }
}
