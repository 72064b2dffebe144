using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cms.Core.Content;
using Cms.Core.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Cms.Platform.Storage.Revisions;

/// <summary>What is known of the save that is under way in this scope, beside the item itself.</summary>
public sealed class SaveOrigin
{
    /// <summary>The form in which the text was typed.</summary>
    public string? FormId { get; set; }
}

/// <summary>
/// Keeps every text that is saved, and whatever a save writes over, in the transaction of the save. A text that is there already as
/// the item's newest is not kept twice.
/// </summary>
public sealed class ContentRevisions(CmsDbContext database, ICurrentUser currentUser, SaveOrigin origin, IOptions<RevisionOptions> options, TimeProvider clock)
{
    /// <summary>Equal for texts that say the same: of the display text and the parts' JSON, without flags, dates and names.</summary>
    public static string HashOf(ContentItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{item.DisplayText}\n{item.Content.ToJsonString()}")));
    }

    /// <summary>Records a change that was just written. Runs inside its transaction.</summary>
    internal async Task RecordAsync(ContentChange change, IReadOnlyList<WrittenVersion> written, CancellationToken cancellationToken)
    {
        // A recipe's new items replace nothing, and their only version holds their text.
        if (written.Count == 0 || change is { Kind: ContentEventKind.Imported, ExpectedRevision: 0 }) return;
        foreach (var (version, replaced) in written)
        {
            if (replaced is not null) await KeepReplacedAsync(replaced, cancellationToken).ConfigureAwait(false);
            await AddAsync(NewRow(version, Enum.Parse<RevisionKind>(change.Kind.ToString()), version.Revision), cancellationToken).ConfigureAwait(false);
        }

        await TrimAsync(change.Versions[0].ContentItemId, cancellationToken).ConfigureAwait(false);
        database.ChangeTracker.Clear();
    }

    /// <summary>Keeps a text that is not saved, in a transaction of its own.</summary>
    public async Task KeepAsync(ContentItem typed, RevisionKind kind, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(typed);
        await using var transaction = await database.BeginWriteAsync(cancellationToken).ConfigureAwait(false);
        await AddAsync(NewRow(typed, kind, itemRevision: 0), cancellationToken).ConfigureAwait(false);
        await TrimAsync(typed.ContentItemId, cancellationToken).ConfigureAwait(false);
        database.ChangeTracker.Clear();
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether all that happened to an item since a revision was saved from that form: then whoever posts it again is in nobody's way.</summary>
    public async Task<bool> CameFromFormAsync(string contentItemId, string formId, long since, long now, CancellationToken cancellationToken)
    {
        var saves = await database.ContentRevisions.AsNoTracking()
            .Where(row => row.ContentItemId == contentItemId && row.FormId == formId && row.ItemRevision > since && row.ItemRevision <= now)
            .Select(row => row.ItemRevision).Distinct().CountAsync(cancellationToken).ConfigureAwait(false);
        return since < now && saves == now - since;
    }

    public Task<ContentRevisionRow?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ContentRevisions.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    /// <summary>The item as a revision holds it.</summary>
    public static ContentItem Read(ContentRevisionRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return ContentItemJson.Read(JsonNode.Parse(row.Json) as JsonObject
            ?? throw new InvalidDataException(FormattableString.Invariant($"The revision {row.Id} of {row.ContentItemId} is not a JSON object.")));
    }

    /// <returns>How many revisions and forms were erased.</returns>
    public async Task<int> PruneAsync(DateTime utcNow, CancellationToken cancellationToken)
    {
        var formsBefore = utcNow.AddDays(-options.Value.KeptPostDays);
        var forms = await database.KeptPosts.Where(row => row.KeptUtc < formsBefore).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        if (options.Value.KeepDays == 0) return forms;
        var before = utcNow.AddDays(-options.Value.KeepDays);
        return forms + await database.ContentRevisions.Where(row => row.KeptUtc < before).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Keeps what a save writes over, as far as it is not kept yet: from before there were revisions, or where they were erased.</summary>
    private async Task KeepReplacedAsync(ContentItem replaced, CancellationToken cancellationToken)
    {
        var hash = HashOf(replaced);
        var now = clock.GetUtcNow().UtcDateTime;
        var kept = await database.ContentRevisions.Where(known => known.ContentItemId == replaced.ContentItemId && known.Hash == hash)
            .ExecuteUpdateAsync(known => known.SetProperty(r => r.KeptUtc, now), cancellationToken).ConfigureAwait(false);
        if (kept > 0) return;
        var row = NewRow(replaced, replaced.Published ? RevisionKind.Published : RevisionKind.DraftSaved, itemRevision: 0);
        (row.UserId, row.UserName, row.FormId) = (null, replaced.Author, null);
        row.SavedUtc = replaced.ModifiedUtc ?? now;
        database.ContentRevisions.Add(row);
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(ContentRevisionRow row, CancellationToken cancellationToken)
    {
        var newest = await database.ContentRevisions.AsNoTracking().Where(other => other.ContentItemId == row.ContentItemId)
            .OrderByDescending(other => other.Id).Select(other => other.Hash).FirstOrDefaultAsync(cancellationToken).ConfigureAwait(false);
        if (newest == row.Hash) return;
        database.ContentRevisions.Add(row);
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
    }

    private ContentRevisionRow NewRow(ContentItem item, RevisionKind kind, long itemRevision)
    {
        var (user, json, now) = (currentUser.User, ContentItemJson.Write(item).ToJsonString(), clock.GetUtcNow().UtcDateTime);
        return new ContentRevisionRow
        {
            ContentItemId = item.ContentItemId,
            ContentItemVersionId = item.ContentItemVersionId,
            ItemRevision = itemRevision,
            FormId = origin.FormId,
            UserId = user.Id ?? user.ApplicationId,
            UserName = user.Name ?? user.ApplicationId,
            // In whole seconds like the dates of versions, beside which it is shown.
            SavedUtc = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc),
            KeptUtc = now,
            Kind = kind.ToString(),
            Hash = HashOf(item),
            Size = json.Length,
            Json = json,
        };
    }

    /// <summary>Erases the oldest revisions of an item that are more or longer than it may have.</summary>
    private async Task TrimAsync(string contentItemId, CancellationToken cancellationToken)
    {
        var rows = await database.ContentRevisions.AsNoTracking().Where(row => row.ContentItemId == contentItemId).OrderByDescending(row => row.Id)
            .Select(row => new { row.Id, row.Size }).ToListAsync(cancellationToken).ConfigureAwait(false);
        var size = 0L;
        var excess = new List<long>();
        for (var i = 0; i < rows.Count; i++)
        {
            size += rows[i].Size;
            if (i > 0 && (i >= options.Value.MaxPerItem || size > options.Value.MaxCharactersPerItem)) excess.Add(rows[i].Id);
        }

        if (excess.Count > 0) await database.ContentRevisions.Where(row => excess.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
